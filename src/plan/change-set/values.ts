import { isIntrinsic } from '../intrinsic.js';
import { isObject } from '../json.js';
import type { Cause, PropertyChange, Replacement } from '../model.js';
import { noiseOf, type IsAsset } from '../noise.js';
import { strongest, touches } from '../properties.js';
import { propertyChange } from '../resource-diff.js';
import type { ChangeSetDetail, ChangeSetResource } from './answer.js';
import { placeOf, type Outcome } from './outcome.js';

/** What CloudFormation writes in place of a value that only the deployment will show. */
const LATER = /^\{\{changeSet:KNOWN_AFTER_APPLY\}\}$/;

/** These stand beside the properties in the plan. */
const POLICIES: readonly string[] = ['DeletionPolicy', 'UpdateReplacePolicy'];

const RECREATION: Readonly<Record<NonNullable<ChangeSetDetail['requiresRecreation']>, Replacement>> = {
  Never: 'never',
  Conditionally: 'conditionally',
  Always: 'always',
};

/** The properties of a change as the change set has them: what the template knows, corrected and filled up. */
export function mergedProperties(
  known: readonly PropertyChange[],
  { details }: ChangeSetResource,
  outcome: Outcome,
  isAsset: IsAsset,
): readonly PropertyChange[] {
  const places = new Map<string, ChangeSetDetail[]>();
  for (const detail of details) {
    const place = placeOf(detail);
    if (POLICIES.includes(place)) continue;
    places.set(place, [...(places.get(place) ?? []), detail]);
  }
  const touched = known.map((property) => {
    const about = [...places].filter(([place]) => touches(place, property.path)).flatMap(([, list]) => list);
    return corrected(property, about, places.get(property.path) ?? [], outcome);
  });
  const unseen = [...places].filter(([place]) => !known.some(({ path }) => touches(place, path)));
  return decided([...touched, ...unseen.map(([place, list]) => added(place, list, outcome, isAsset))], outcome);
}

function corrected(
  property: PropertyChange,
  about: readonly ChangeSetDetail[],
  exact: readonly ChangeSetDetail[],
  outcome: Outcome,
): PropertyChange {
  const told = about.flatMap(({ requiresRecreation }) => requiresRecreation ?? []);
  const replacement = told.length === 0 ? property.replacement : recreation(about, outcome);
  const before = filled(property.before, textIn(exact, 'before'));
  const after = filled(property.after, textIn(exact, 'after'));
  return {
    ...property,
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
    replacement: outcome.action === 'replace' ? replacement : 'never',
  };
}

function added(place: string, details: readonly ChangeSetDetail[], outcome: Outcome, isAsset: IsAsset): PropertyChange {
  const [before, after] = [valueOf(textIn(details, 'before')), valueOf(textIn(details, 'after'))];
  const leaf = {
    path: [place],
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
  };
  const replacement = outcome.action === 'replace' ? recreation(details, outcome) : 'never';
  const noise = replacement === 'never' ? noiseOf({ ...leaf, path: place.split('.') }, isAsset) : undefined;
  return propertyChange(leaf, replacement, causeOf(details), noise);
}

function recreation(details: readonly ChangeSetDetail[], outcome: Outcome): Replacement {
  const all = details.map(({ requiresRecreation, evaluation }) => {
    const replacement = RECREATION[requiresRecreation ?? 'Never'];
    // What is evaluated only when it runs may come out as it was.
    return replacement === 'always' && evaluation === 'Dynamic' && outcome.conditional ? 'conditionally' : replacement;
  });
  return strongest(all);
}

/** Where a replacement is certain and nothing forces it for sure, it is what perhaps does. */
function decided(properties: readonly PropertyChange[], outcome: Outcome): readonly PropertyChange[] {
  if (outcome.action !== 'replace' || outcome.conditional) return properties;
  if (properties.some(({ replacement }) => replacement === 'always')) return properties;
  return properties.map((property) =>
    property.replacement === 'conditionally' ? { ...property, replacement: 'always' } : property,
  );
}

function causeOf(details: readonly ChangeSetDetail[]): Cause {
  const sources = details.map(({ source }) => source);
  if (sources.includes('ParameterReference')) return 'parameter';
  const referred = ['ResourceReference', 'ResourceAttribute', 'Automatic'].some((source) => sources.includes(source));
  return referred ? 'reference' : 'direct';
}

function textIn(details: readonly ChangeSetDetail[], side: 'before' | 'after'): string | undefined {
  const texts = details.flatMap((detail) => detail[side] ?? []);
  return texts.find((text) => !LATER.test(text)) ?? texts[0];
}

/** The template's own value, unless it is one that only CloudFormation can work out. */
function filled(own: unknown, given: string | undefined): unknown {
  if (given === undefined || (own !== undefined && (LATER.test(given) || !holdsCalls(own)))) return own;
  return valueOf(given);
}

function holdsCalls(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(holdsCalls);
  return isObject(value) && (isIntrinsic(value) || Object.values(value).some(holdsCalls));
}

/** Objects and lists come as JSON, everything else as it is. */
function valueOf(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  if (LATER.test(text)) return '(known only after the deployment)';
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // CloudFormation cuts long values off.
    return text;
  }
}
