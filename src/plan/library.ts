import { fullDiff, ResourceImpact } from '@aws-cdk/cloudformation-diff/lib/diff-template.js';
import { messageOf } from '../errors.js';
import type { Replacement } from './model.js';
import type { Template } from './template.js';

/** What the CDK's own comparison says of each property: logical id → property → replacement. */
export interface LibraryDiff {
  readonly impacts: ReadonlyMap<string, ReadonlyMap<string, Replacement>>;
  /** Why there is no answer. */
  readonly failure?: string;
}

/**
 * Compares two templates with `@aws-cdk/cloudformation-diff`. Its summaries of IAM and of security groups throw at
 * policies that they do not expect; the table of types then answers alone, and the plan says so.
 */
export function libraryDiff(before: Template, after: Template): LibraryDiff {
  const impacts = new Map<string, ReadonlyMap<string, Replacement>>();
  try {
    fullDiff(before, after).resources.forEachDifference((id, change) => {
      const properties = Object.entries(change.propertyUpdates).map(
        ([name, { changeImpact }]) => [name, replacementOf(changeImpact)] as const,
      );
      impacts.set(id, new Map(properties));
    });
    return { impacts };
  } catch (error) {
    return { impacts: new Map(), failure: messageOf(error) };
  }
}

function replacementOf(impact: ResourceImpact | undefined): Replacement {
  if (impact === ResourceImpact.WILL_REPLACE) return 'always';
  return impact === ResourceImpact.MAY_REPLACE ? 'conditionally' : 'never';
}
