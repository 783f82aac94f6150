import { canonicalJson, digestOf } from './canonical.js';
import { byText, mapStrings } from './json.js';
import type { Change, PropertyChange, StackPlan } from './model.js';

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
  const parts = stacks.map((stack) => canonicalStack(stack, options)).sort(byText);
  return digestOf(canonicalJson(parts));
}

/** A digest of the assets alone: `sha256:<hex>`. */
export function assetFingerprint(stacks: readonly StackPlan[]): string {
  return digestOf(
    canonicalJson(stacks.map(({ id, assets }) => canonicalJson([id, [...assets].sort(byText)])).sort(byText)),
  );
}

function canonicalStack(stack: StackPlan, { volatile, ignore }: FingerprintOptions): string {
  const patterns = ignore.map((pattern) => ignoring(pattern, stack.id)).filter((pattern) => pattern !== undefined);
  const ignored = (path: string): boolean => patterns.some((pattern) => pattern.test(path));
  const replace = replacer(stack, volatile);
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
  const kept = change.properties.filter(({ path, noise }) => noise === undefined && !ignored(`${logicalId}.${path}`));
  const policies =
    deletionPolicy?.before !== deletionPolicy?.after || updateReplacePolicy?.before !== updateReplacePolicy?.after;
  const emptied = kept.length === 0 && change.properties.length > 0;
  if (emptied && !policies && (action === 'update' || action === 'replace')) return [];
  const properties = kept.map((property) => canonicalProperty(property, replace)).sort(byText);
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
  replace: (text: string) => string,
): string {
  return canonicalJson({
    path,
    before: mapStrings(before, replace),
    after: mapStrings(after, replace),
    replacement,
    cause,
  });
}

/** Puts names in place of what differs from run to run and from build to build. */
function replacer(stack: StackPlan, volatile: Readonly<Record<string, string>>): (text: string) => string {
  const named = Object.entries(volatile)
    .filter(([, value]) => value !== '')
    .sort(([leftName, left], [rightName, right]) => right.length - left.length || byText(leftName, rightName));
  const assets = stack.assets.map((digest) => digest.replace(/^sha256:/, ''));
  const versions = stack.changes
    .filter(({ type }) => type === 'AWS::Lambda::Version')
    .map(({ logicalId }) => [logicalId, logicalId.replace(/[0-9a-f]{32}$/, '')] as const);
  return (text) => {
    let result = text;
    for (const digest of assets) result = result.replaceAll(digest, '${asset}');
    for (const [id, name] of versions) result = result.replaceAll(id, name);
    for (const [name, value] of named) {
      // A short value (`main`) stands in too many words by chance: it counts only where it is all there is.
      if (value.length >= 7) result = result.replaceAll(value, `\${${name}}`);
      else if (result === value) result = `\${${name}}`;
    }
    return result;
  };
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
