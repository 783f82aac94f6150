import { canonicalJson, digestOf } from './canonical.js';
import { byText, mapStrings } from './json.js';
import type { Change, PropertyChange, StackPlan } from './model.js';
import { specOf } from './spec.js';
import { settled } from './settled.js';
import { replacer } from './volatile.js';

export interface FingerprintOptions {
  /** Values that differ from run to run (commit, run URL), by the name that takes their place. */
  readonly volatile: Readonly<Record<string, string>>;
  /**
   * Paths that the app cannot keep stable: `LogicalId`, `LogicalId.Property.path`, `*` for any text, `<stack id>/` in
   * front for one stack alone.
   */
  readonly ignore: readonly string[];
}

/**
 * A digest of what will change: `sha256:<hex>`. Equal for the same app and the same deployed state on any machine, in
 * any order of stacks and of changes; noise, asset digests, construct paths and wording do not count.
 */
export function fingerprint(stacks: readonly StackPlan[], options: FingerprintOptions): string {
  // A nested stack's files are published with its root.
  const assets = new Set(stacks.flatMap((stack) => stack.assets.map((digest) => digest.replace(/^sha256:/, ''))));
  const parts = stacks.map((stack) => canonicalStack(stack, assets, options)).sort(byText);
  return digestOf(canonicalJson(parts));
}

/** A digest of the assets alone: `sha256:<hex>`. */
export function assetFingerprint(stacks: readonly StackPlan[]): string {
  return digestOf(
    canonicalJson(stacks.map(({ id, assets }) => canonicalJson([id, [...assets].sort(byText)])).sort(byText)),
  );
}

function canonicalStack(
  stack: StackPlan,
  assets: ReadonlySet<string>,
  { volatile, ignore }: FingerprintOptions,
): string {
  const patterns = ignore.map((pattern) => ignoring(pattern, stack.id)).filter((pattern) => pattern !== undefined);
  const ignored = (path: string): boolean => patterns.some((pattern) => pattern.test(path));
  const replace = replacer(stack, assets, volatile);
  const changes = stack.changes
    .filter(({ noise, logicalId }) => noise === undefined && !ignored(logicalId))
    .flatMap((change) => canonicalChange(change, ignored, replace))
    .sort(byText);
  const { id, name, account, region, parent, status } = stack;
  return canonicalJson({ id, name, account, region, parent, exists: status !== undefined, changes });
}

/** One change; nothing when all that changes is ignored. */
function canonicalChange(
  change: Change,
  ignored: (path: string) => boolean,
  replace: (text: string) => string,
): readonly string[] {
  const { subject, logicalId, type, action, conditional, risk, deletionPolicy, updateReplacePolicy } = change;
  const relevant = change.properties.filter(({ noise }) => noise === undefined);
  const kept = relevant.filter(({ path }) => !ignored(`${logicalId}.${path}`));
  const policies =
    deletionPolicy?.before !== deletionPolicy?.after || updateReplacePolicy?.before !== updateReplacePolicy?.after;
  // A replacement that no property forces is one by another type under the same logical id.
  const byProperty =
    action === 'update' || (action === 'replace' && relevant.some((one) => one.replacement !== 'never'));
  if (kept.length === 0 && relevant.length > 0 && byProperty && !policies) return [];
  const ordered = (name: string): boolean => specOf(type ?? '')?.replacing.has(name) === true;
  const properties = kept.map((property) => canonicalProperty(property, ordered, replace)).sort(byText);
  const facts = {
    subject,
    logicalId: replace(logicalId),
    type,
    action,
    conditional,
    risk,
    deletionPolicy,
    updateReplacePolicy,
  };
  return [canonicalJson({ ...facts, properties })];
}

function canonicalProperty(
  { path, before, after, replacement, cause }: PropertyChange,
  ordered: (name: string) => boolean,
  replace: (text: string) => string,
): string {
  const names = path.split('.');
  const isOrdered = replacement !== 'never' || ordered(names[0] ?? '');
  const value = (side: unknown): unknown => mapStrings(isOrdered ? side : settled(side, names.at(-1) ?? ''), replace);
  return canonicalJson({
    path,
    before: value(before),
    after: value(after),
    replacement,
    cause,
  });
}

/** Whether `plan.ignore` leaves a path of a stack out: `LogicalId` or `LogicalId.Property.path`. */
export function isIgnored(ignore: readonly string[], stack: string, path: string): boolean {
  return ignore.some((pattern) => ignoring(pattern, stack)?.test(path) ?? false);
}

function ignoring(pattern: string, stack: string): RegExp | undefined {
  const slash = pattern.indexOf('/');
  const own = slash >= 0 && pattern.startsWith(`${stack}/`) ? pattern.slice(stack.length + 1) : undefined;
  const path = own ?? (slash < 0 ? pattern : undefined);
  if (path === undefined) return undefined;
  const escaped = path.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${escaped.join('.*')}(?:\\.|$)`, 's');
}
