import { sumOf } from './counts.js';
import { assetFingerprint, fingerprint } from './fingerprint.js';
import { byText } from './json.js';
import type { Finding, Plan, PlanSource, PlanTarget, StackPlan } from './model.js';
import { worst } from './risk.js';

export interface PlanParts {
  readonly target: PlanTarget;
  readonly source: PlanSource;
  readonly assemblyDigest: string;
  /** From the comparison of templates: the fingerprints are theirs, whatever is shown. */
  readonly stacks: readonly StackPlan[];
  /** The same stacks as a reader is to see them. @default as the templates have them */
  readonly shown?: readonly StackPlan[];
  /** ISO 8601. */
  readonly createdAt: string;
  readonly findings?: readonly Finding[];
  /** Paths that do not count for the fingerprint: see `FingerprintOptions.ignore`. */
  readonly ignore?: readonly string[];
  /** Further values that differ from run to run, by name. @default commit, ref, run URL and id, release version */
  readonly volatile?: Readonly<Record<string, string>>;
}

/** Makes the plan of one target from the plans of its stacks. */
export function makePlan(parts: PlanParts): Plan {
  const { target, source, createdAt } = parts;
  const stacks = inOrder(parts.shown ?? parts.stacks);
  const { commit, ref, runUrl, releaseVersion } = source;
  const runId = /\/runs\/(\d{7,})/.exec(runUrl)?.[1] ?? '';
  const volatile = { commit, ref, runUrl, runId, releaseVersion, ...parts.volatile };
  return {
    schema: 'plan.v1',
    createdAt,
    target,
    source,
    assembly: { digest: parts.assemblyDigest },
    fingerprint: fingerprint(parts.stacks, { volatile, ignore: parts.ignore ?? [] }),
    assetFingerprint: assetFingerprint(parts.stacks),
    hasChanges: stacks.some(({ changes }) => changes.some(({ action }) => action !== 'none')),
    risk: worst(stacks.map(({ risk }) => risk)),
    counts: sumOf(stacks.map(({ counts }) => counts)),
    stacks,
    findings: parts.findings ?? [],
  };
}

/** Roots by wave, then by id; what is nested in a stack right after it, to any depth. */
function inOrder(stacks: readonly StackPlan[]): readonly StackPlan[] {
  const ids = new Set(stacks.map(({ id }) => id));
  const childrenOf = (parent: string): readonly StackPlan[] =>
    stacks.filter((stack) => stack.parent === parent).sort(byPlace);
  const withNested = (stack: StackPlan): readonly StackPlan[] => [stack, ...childrenOf(stack.id).flatMap(withNested)];
  return stacks
    .filter(({ parent }) => parent === undefined || !ids.has(parent))
    .sort(byPlace)
    .flatMap(withNested);
}

function byPlace(left: StackPlan, right: StackPlan): number {
  return left.wave - right.wave || byText(left.id, right.id);
}
