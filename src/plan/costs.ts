import { knownBy, nameProperty } from './address.js';
import { dataIn, lostWith } from './data-in.js';
import { same } from './equal.js';
import { at, listOf } from './json.js';
import type { Reason, Replacement } from './model.js';
import { fateWhenDeleted, fateWhenReplaced, type Fate } from './retention.js';
import type { Resource, Template } from './template.js';

const IS_REPLACED = 'is replaced';
const MAY_BE_REPLACED = 'may be replaced';
const DOUBT = 'may be deleted: its condition';

/** Whether a reason tells of a resource that goes or is replaced, and not of what is changed in it. */
export function isOfGoing({ text }: Reason): boolean {
  return [IS_REPLACED, MAY_BE_REPLACED, 'is deleted', DOUBT, 'stays (DeletionPolicy', 'becomes '].some((start) =>
    text.startsWith(start),
  );
}

/** Whether a reason says that nobody knows here whether a resource stays. */
export function isDoubt({ text }: Reason): boolean {
  return text.startsWith(DOUBT);
}

/** A reason that tells of a replacement, once it is known whether that is certain. */
export function asDecided(reason: Reason, certain: boolean): Reason {
  const [from, to] = certain ? [MAY_BE_REPLACED, IS_REPLACED] : [IS_REPLACED, MAY_BE_REPLACED];
  return reason.text.startsWith(from) ? { ...reason, text: to + reason.text.slice(from.length) } : reason;
}

/**
 * What it costs that a resource goes.
 *
 * @param fate what stays of it. @default what its policy says
 */
export function costOfDeletion(
  deployed: Resource,
  nested: Template | undefined,
  fate: Fate = fateWhenDeleted(deployed),
): readonly Reason[] {
  if (fate === 'kept')
    return [
      {
        risk: 'update',
        text: `stays (DeletionPolicy ${deployed.deletionPolicy ?? 'Retain'}), but no longer belongs to the stack`,
      },
    ];
  if (deployed.type === 'AWS::CloudFormation::Stack') return costOfNested(nested);
  return [...lost(deployed, fate, 'is deleted'), ...unreachable(deployed, 'is deleted')];
}

function costOfNested(nested: Template | undefined): readonly Reason[] {
  if (nested === undefined)
    return [{ risk: 'data-loss', text: 'is deleted with everything in it that is not retained' }];
  const ids = lostWith(nested);
  return ids.length === 0
    ? []
    : [{ risk: 'data-loss', text: `is deleted with what holds data in it: ${ids.join(', ')}` }];
}

/**
 * What it costs that a new resource takes the place of a deployed one.
 *
 * @param fate what stays of the old one. @default what the policy says
 */
export function costOfReplacement(
  deployed: Resource,
  submitted: Resource,
  replacement: Replacement,
  fate: Fate = fateWhenReplaced(deployed, submitted),
): readonly Reason[] {
  const verb = replacement === 'always' ? IS_REPLACED : MAY_BE_REPLACED;
  const reasons: Reason[] = [];
  if (deployed.type !== submitted.type) {
    reasons.push({
      risk: 'update',
      text: `becomes ${submitted.type}: CloudFormation refuses another type under one logical id`,
    });
  }
  const name = nameProperty(deployed);
  const fixed = name === undefined ? undefined : deployed.properties[name];
  if (fixed !== undefined && replacement === 'always' && same(fixed, submitted.properties[name ?? ''])) {
    reasons.push({ risk: 'update', text: `${verb}, which fails as long as its ${name ?? ''} stays the same` });
  }
  return [...lost(deployed, fate, verb), ...unreachable(deployed, verb), ...reasons];
}

/** What it costs that a condition changes of which nobody knows here whether it will hold. */
export function costOfDoubt(deployed: Resource, condition: string): readonly Reason[] {
  const data = fateWhenDeleted(deployed) === 'gone' ? dataIn(deployed) : undefined;
  const text = `${DOUBT} ${condition} changes`;
  return [data === undefined ? { risk: 'update', text } : { risk: 'data-loss', text: `${text}, and ${data} with it` }];
}

/** What it costs that names which others use are taken from a resource that stays. */
export function costOfUpdate(deployed: Resource, submitted: Resource): readonly Reason[] {
  if (deployed.type !== 'AWS::CloudFront::Distribution') return [];
  const aliases = (resource: Resource): readonly unknown[] =>
    listOf(at(resource.properties, ['DistributionConfig', 'Aliases']));
  const kept = aliases(submitted);
  const gone = aliases(deployed).filter((alias) => !kept.some((one) => same(one, alias)));
  return gone.map((alias) => ({ risk: 'address', text: `no longer answers to ${JSON.stringify(alias)}` }));
}

function lost(deployed: Resource, fate: Fate, verb: string): readonly Reason[] {
  const data = dataIn(deployed);
  if (data === undefined) return [];
  if (fate === 'gone') return [{ risk: 'data-loss', text: `${verb} with ${data}, without retain or snapshot` }];
  return [{ risk: 'update', text: `${verb}; ${fate === 'kept' ? 'the old one stays' : 'a snapshot stays'}` }];
}

function unreachable(deployed: Resource, verb: string): readonly Reason[] {
  const known = knownBy(deployed);
  return known === undefined ? [] : [{ risk: 'address', text: `${verb}: others may know ${known}` }];
}
