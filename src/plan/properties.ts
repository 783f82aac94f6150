import { same } from './equal.js';
import { isIntrinsic } from './intrinsic.js';
import { at, isObject, keysOf } from './json.js';
import type { Replacement } from './model.js';
import { isPolicyDocument } from './access/policy.js';
import { differsInOrderOnly } from './noise.js';
import type { TypeSpec } from './spec.js';

/** One place where two values differ. */
export interface Leaf {
  readonly path: readonly string[];
  readonly before?: unknown;
  readonly after?: unknown;
}

/**
 * The places where two values differ, as deep as they can be told apart: calls of CloudFormation, policy documents, and
 * lists whose length or only whose order changed stay whole.
 */
export function leavesOf(before: unknown, after: unknown, path: readonly string[] = []): readonly Leaf[] {
  if (same(before, after)) return [];
  if (isStructure(before) && isStructure(after)) {
    return keysOf(before, after).flatMap((key) => {
      const own = (value: Readonly<Record<string, unknown>>): unknown =>
        Object.hasOwn(value, key) ? value[key] : undefined;
      return leavesOf(own(before), own(after), [...path, key]);
    });
  }
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    const whole = differsInOrderOnly(path, before, after);
    if (!whole) return before.flatMap((item: unknown, index) => leavesOf(item, after[index], [...path, String(index)]));
  }
  return [{ path, ...(before !== undefined && { before }), ...(after !== undefined && { after }) }];
}

/** Whether two dotted paths lead to the same place, or one into the other. */
export function touches(left: string, right: string): boolean {
  return left === right || left.startsWith(`${right}.`) || right.startsWith(`${left}.`);
}

function isStructure(value: unknown): value is Readonly<Record<string, unknown>> {
  return isObject(value) && !isIntrinsic(value) && !isPolicyDocument(value);
}

const STRENGTH: readonly Replacement[] = ['never', 'conditionally', 'always'];

/** The stronger of some answers; `never` for none. */
export function strongest(answers: readonly Replacement[]): Replacement {
  return answers.reduce<Replacement>(
    (worst, answer) => (STRENGTH.indexOf(answer) > STRENGTH.indexOf(worst) ? answer : worst),
    'never',
  );
}

/** Whether a change at a place makes CloudFormation create the resource anew, by the table of types. */
export function replacementAt(spec: TypeSpec | undefined, leaf: Leaf): Replacement {
  const top = spec?.replacing.get(leaf.path[0] ?? '') ?? 'never';
  if (spec === undefined || top === 'always') return top;
  return strongest([top, ...spec.nested.map((row) => nestedAt(row.path, row.replacement, leaf))]);
}

function nestedAt(pattern: readonly string[], replacement: Replacement, leaf: Leaf): Replacement {
  const shared = Math.min(pattern.length, leaf.path.length);
  const apart = pattern.slice(0, shared).some((key, index) => key !== '*' && key !== leaf.path[index]);
  if (apart) return 'never';
  const rest = pattern.slice(shared);
  if (rest.length === 0) return replacement;
  const [before, after] = [valuesAt(leaf.before, rest), valuesAt(leaf.after, rest)];
  if (same(before, after)) return 'never';
  // Elements came or went: whether one that stays has changed cannot be told by their index.
  return rest.includes('*') && before.length !== after.length ? 'conditionally' : replacement;
}

function valuesAt(value: unknown, pattern: readonly string[]): readonly unknown[] {
  const [key, ...rest] = pattern;
  if (key === undefined) return [value];
  if (key !== '*') return valuesAt(at(value, [key]), rest);
  const members = Array.isArray(value) ? (value as readonly unknown[]) : isObject(value) ? Object.values(value) : [];
  return members.flatMap((member) => valuesAt(member, rest));
}
