import { isIntrinsic } from './intrinsic.js';
import { fromEntries, isObject, mapStrings } from './json.js';
import type { Change, ContextDiff, Plan, StackPlan } from './model.js';
import { isReference, isSecretName, MASK, secretShapesIn, withoutSecretShapes } from './secret.js';

/** Shorter values stand in too many words by chance to be replaced wherever they occur. */
const SHORTEST = 4;
const SHORTEST_LINE = 8;

/**
 * The plan with secrets masked wherever they stand: the given ones, values under names that tell of a secret, values
 * that look like one. What is found in the changes is masked in the text of `cdk diff`, too.
 *
 * @param secrets values that are known to be secret
 */
export function maskPlan(plan: Plan, secrets: readonly string[]): Plan {
  const found = new Set(secrets);
  const stacks = plan.stacks.map((stack) => ({
    ...stack,
    changes: stack.changes.map((change) => byShape(byName(change, found), found)),
  }));
  const clean = cleaner(found);
  return {
    ...plan,
    stacks: stacks.map((stack) => cleaned(stack, clean)),
    findings: plan.findings.map((finding) => ({ ...finding, message: clean(finding.message) })),
    ...(plan.context !== undefined && { context: cleanedContext(plan.context, clean) }),
  };
}

function cleanedContext(context: ContextDiff, clean: (text: string) => string): ContextDiff {
  return {
    ...context,
    changes: context.changes.map((change) => withValues(change, (value) => mapStrings(value, clean))),
    ...(context.note !== undefined && { note: clean(context.note) }),
  };
}

/** Masks secrets as they are, as JSON spells them and, when they have several lines, line by line. */
function cleaner(secrets: ReadonlySet<string>): (text: string) => string {
  const spelled = [...secrets].flatMap((secret) => [
    secret,
    JSON.stringify(secret).slice(1, -1),
    ...secret.split(/\r?\n/).filter((line) => line.length >= SHORTEST_LINE),
  ]);
  // Longest first: a secret that holds another is masked as a whole.
  const all = [...new Set(spelled)]
    .filter((secret) => secret.length >= SHORTEST)
    .sort((left, right) => right.length - left.length);
  return (text) => withoutSecretShapes(all.reduce((result, secret) => result.replaceAll(secret, MASK), text));
}

/** What is found in one value is a secret in every other text, too. */
function byShape(change: Change, found: Set<string>): Change {
  mapStrings([change.properties, change.drift], (text) => {
    for (const secret of secretShapesIn(text)) found.add(secret);
    return text;
  });
  return change;
}

/** Ids, names and digests stay: without them nobody could tell what a line is about. */
function cleaned(stack: StackPlan, clean: (text: string) => string): StackPlan {
  return {
    ...stack,
    changes: stack.changes.map((change) => ({
      ...change,
      reasons: change.reasons.map((reason) => ({ ...reason, text: clean(reason.text) })),
      properties: change.properties.map((property) => withValues(property, (value) => mapStrings(value, clean))),
      ...(change.drift !== undefined && {
        drift: change.drift.map((mark) => withValues(mark, (value) => mapStrings(value, clean))),
      }),
    })),
    notes: stack.notes.map(clean),
    ...(stack.text !== undefined && { text: clean(stack.text) }),
  };
}

function byName(change: Change, found: Set<string>): Change {
  const secretParameter = change.subject === 'parameter' && isSecretName(change.logicalId);
  return {
    ...change,
    properties: change.properties.map((property) => {
      const names = property.path.split('.');
      const secret = names.some(isSecretName) || (secretParameter && names[0] === 'Default');
      return withValues(property, (value) => maskedBelow(value, secret, found, secretParameter));
    }),
    ...(change.drift !== undefined && {
      drift: change.drift.map((mark) =>
        withValues(mark, (value) => maskedBelow(value, mark.path.split('.').some(isSecretName), found, false)),
      ),
    }),
  };
}

function maskedBelow(value: unknown, secret: boolean, found: Set<string>, parameter: boolean): unknown {
  if (typeof value === 'string') return secret && value !== '' && !isReference(value) ? masked(value, found) : value;
  if (Array.isArray(value)) return value.map((item) => maskedBelow(item, secret, found, false));
  if (!isObject(value) || isIntrinsic(value)) return value;
  const pair = value.Name ?? value.Key;
  // A list of `{Name, Value}`: the name of an environment variable stands in a value of its own.
  const named = typeof pair === 'string' && isSecretName(pair);
  return fromEntries(
    Object.entries(value).map(([key, member]) => {
      const below = secret || isSecretName(key) || (named && key === 'Value') || (parameter && key === 'Default');
      return [key, maskedBelow(member, below && key !== 'Name' && key !== 'Key', found, false)];
    }),
  );
}

function masked(value: string, found: Set<string>): string {
  if (value !== MASK) found.add(value);
  return MASK;
}

/** A change with its values replaced; a value that is not there stays away. */
function withValues<T extends object>(place: T, replace: (value: unknown) => unknown): T {
  const entries = Object.entries(place) as [string, unknown][];
  return fromEntries(entries.map(([key, value]) => [key, VALUES.includes(key) ? replace(value) : value])) as T;
}

const VALUES: readonly string[] = ['before', 'after', 'expected', 'actual'];
