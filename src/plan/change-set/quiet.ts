import type { Change } from '../model.js';
import { FOR_EACH } from '../template.js';

/**
 * What stands beside a resource's properties and is nothing to do for CloudFormation: a change of these alone is no
 * update, or is carried out without a line of its own.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-product-attribute-reference.html
 */
const BESIDE: ReadonlySet<string> = new Set(['Condition', 'CreationPolicy', 'DependsOn', 'Metadata', 'UpdatePolicy']);

/** Whether a change needs nothing done to the resource itself: a change set may leave it out. */
export function isQuiet({ action, properties }: Change): boolean {
  return action === 'update' && properties.every(({ path }) => BESIDE.has(path.split('.')[0] ?? ''));
}

/** Whether it is a loop or a macro, which stands among the resources and becomes others. */
export function isGenerated({ type = '' }: Change): boolean {
  return type === FOR_EACH || type.startsWith('Fn::') || type === 'unknown';
}

/** A change as a line names it: construct path and type. */
export function titleOf({ path, logicalId, type, subject }: Change): string {
  return `${path ?? logicalId} (${type ?? subject})`;
}
