import { attached } from '../access/attached.js';
import { exposed } from '../access/exposure.js';
import { openedIngress } from '../access/network.js';
import { widenedPolicies } from '../access/widened.js';
import { changeOf } from '../change.js';
import { asDecided, costOfDeletion, costOfReplacement, isDoubt, isOfGoing } from '../costs.js';
import type { Place } from '../intrinsic.js';
import { fromEntries, objectOf } from '../json.js';
import type { Change, NoiseKind, PropertyChange, Reason, StackPlan } from '../model.js';
import { assetsOf, isBookkeeping, summedNoise, type IsAsset } from '../noise.js';
import { propertyChange } from '../resource-diff.js';
import { fateWhenDeleted, fateWhenReplaced, type Fate } from '../retention.js';
import { resourcesOf, type Resource } from '../template.js';
import type { ChangeSetResource } from './answer.js';
import { fateIn, inWords, type Outcome } from './outcome.js';
import { mergedProperties } from './values.js';

/** A change as the change set has it, and where that is not what the templates say. */
export interface Overlaid {
  readonly change: Change;
  readonly disagrees: boolean;
}

/** One resource of the change set, laid over what the templates say of it. */
export function overlaidResource(
  known: Change | undefined,
  resource: ChangeSetResource,
  outcome: Outcome,
  place: Place & Pick<StackPlan, 'assets' | 'parent'>,
): Overlaid {
  const isAsset = assetsOf(place);
  const noise = stillNoise(known, outcome);
  if (known !== undefined && noise !== undefined && known.action === 'none') return { change: known, disagrees: false };
  const sides = { before: stated(known, resource, 'before'), after: stated(known, resource, 'after') };
  const properties =
    outcome.action === 'add' || outcome.action === 'import' || outcome.action === 'delete'
      ? (sameKind(known, outcome) ?? wholly(sides, resource, outcome, isAsset))
      : mergedProperties(known?.properties ?? [], resource, outcome, isAsset);
  const bookkeeping = isBookkeeping('resource', '', { Type: resource.type }) ? 'metadata' : undefined;
  const reasons = [
    ...own(known, outcome),
    ...access(known, sides, resource, place),
    ...going(known, resource, outcome, sides),
  ];
  const costly = reasons.some(({ risk }) => risk === 'address' || risk === 'access' || risk === 'data-loss');
  const folded =
    known === undefined && outcome.action === 'update' && !costly
      ? summedNoise(properties.map((property) => property.noise))
      : undefined;
  const kind = noise ?? bookkeeping ?? folded;
  const change = changeOf({
    subject: 'resource',
    logicalId: resource.logicalId,
    type: resource.type === '' ? (known?.type ?? '') : resource.type,
    origin: originOf(known, sides),
    action: outcome.action,
    conditional: outcome.conditional,
    properties,
    reasons: outcome.action === 'none' ? [] : reasons,
    before: withPolicies(sides.before, known, 'before'),
    after: withPolicies(sides.after, known, 'after'),
    ...(kind !== undefined && { noise: kind }),
  });
  return { change, disagrees: kind === undefined && disagrees(known, outcome) };
}

/** Noise stays noise as long as the same thing happens. */
function stillNoise(known: Change | undefined, { action }: Outcome): NoiseKind | undefined {
  if (known?.noise === undefined) return undefined;
  const same = known.action === 'none' ? action !== 'replace' : known.action === action;
  return same ? known.noise : undefined;
}

/** An open question that is answered is no disagreement. */
function disagrees(known: Change | undefined, outcome: Outcome): boolean {
  if (known === undefined) return outcome.action !== 'none';
  if (inWords(known) === inWords(outcome)) return false;
  if (known.action === 'replace' && known.conditional === true) return !['replace', 'update'].includes(outcome.action);
  return !(known.reasons.some(isDoubt) && (outcome.action === 'delete' || outcome.action === 'add'));
}

function sameKind(known: Change | undefined, { action }: Outcome): readonly PropertyChange[] | undefined {
  const adds = (one: Change['action']): boolean => one === 'add' || one === 'import';
  if (known === undefined) return undefined;
  return known.action === action || (adds(known.action) && adds(action)) ? known.properties : undefined;
}

interface Sides {
  readonly before: Resource;
  readonly after: Resource;
}

function wholly(
  sides: Sides,
  resource: ChangeSetResource,
  { action }: Outcome,
  isAsset: IsAsset,
): readonly PropertyChange[] {
  const side = action === 'delete' ? 'before' : 'after';
  const all = Object.entries({ ...sides[side].attributes, ...sides[side].properties });
  if (all.length > 0)
    return all.map(([name, value]) => propertyChange({ path: [name], [side]: value }, 'never', 'direct'));
  return mergedProperties([], resource, { action, conditional: false }, isAsset);
}

/** What the templates say beside whether the resource goes. */
function own(known: Change | undefined, { action }: Outcome): readonly Reason[] {
  if (known === undefined || action === 'none') return [];
  const going = action === 'delete' || known.action === 'delete';
  return going && known.action !== action ? [] : known.reasons.filter((reason) => !isOfGoing(reason));
}

/** Who gets access through what only the change set shows; for the rest the templates have told. */
function access(
  known: Change | undefined,
  { before, after }: Sides,
  { logicalId, action, beforeContext, afterContext }: ChangeSetResource,
  place: Place,
): readonly Reason[] {
  if (known !== undefined || afterContext === undefined || action === 'Remove') return [];
  if (action === 'Modify' && beforeContext === undefined) return [];
  const old = action === 'Modify' ? before : undefined;
  const [was, is] = [new Map(old === undefined ? [] : [[logicalId, old]]), new Map([[logicalId, after]])];
  return [
    ...(widenedPolicies(was, is, place).get(logicalId) ?? []),
    ...(openedIngress(was, is, place).get(logicalId) ?? []),
    ...exposed(old, after, place),
    ...attached(old, after, place),
  ];
}

function going(
  known: Change | undefined,
  resource: ChangeSetResource,
  outcome: Outcome,
  sides: Sides,
): readonly Reason[] {
  if (outcome.action !== 'delete' && outcome.action !== 'replace') return [];
  const [before, after] = [withPolicies(sides.before, known, 'before'), withPolicies(sides.after, known, 'after')];
  const byPolicy = outcome.action === 'delete' ? fateWhenDeleted(before) : fateWhenReplaced(before, after);
  const fate: Fate = fateIn(resource) ?? byPolicy;
  if (known?.action === outcome.action && (fate === byPolicy || resource.type === 'AWS::CloudFormation::Stack')) {
    return known.reasons.filter(isOfGoing).map((reason) => asDecided(reason, !outcome.conditional));
  }
  return outcome.action === 'delete'
    ? costOfDeletion(before, undefined, fate)
    : costOfReplacement(before, after, outcome.conditional ? 'conditionally' : 'always', fate);
}

/** The resource as the change set has it; without that, as far as the plan's change knows it. */
function stated(known: Change | undefined, resource: ChangeSetResource, side: 'before' | 'after'): Resource {
  const context = parsed(side === 'before' ? resource.beforeContext : resource.afterContext);
  const properties = (known?.properties ?? [])
    .filter((property) => !property.path.includes('.') && property[side] !== undefined)
    .map((property) => [property.path, property[side]] as const);
  const declared = { Properties: fromEntries(properties), ...context, Type: resource.type };
  return resourcesOf({ Resources: { it: declared } }).get('it') ?? NOTHING;
}

const NOTHING: Resource = { type: '', properties: {}, metadata: {}, attributes: {} };

function parsed(context: string | undefined): Readonly<Record<string, unknown>> {
  if (context === undefined) return {};
  try {
    return objectOf(JSON.parse(context));
  } catch {
    return {};
  }
}

function withPolicies(resource: Resource, known: Change | undefined, side: 'before' | 'after'): Resource {
  const deletionPolicy = resource.deletionPolicy ?? known?.deletionPolicy?.[side];
  const updateReplacePolicy = resource.updateReplacePolicy ?? known?.updateReplacePolicy?.[side];
  return {
    ...resource,
    ...(deletionPolicy !== undefined && { deletionPolicy }),
    ...(updateReplacePolicy !== undefined && { updateReplacePolicy }),
  };
}

function originOf(known: Change | undefined, { before, after }: Sides): { path?: string; source?: string } {
  const path = known?.path ?? after.metadata['aws:cdk:path'] ?? before.metadata['aws:cdk:path'];
  return {
    ...(typeof path === 'string' && { path }),
    ...(known?.source !== undefined && { source: known.source }),
  };
}
