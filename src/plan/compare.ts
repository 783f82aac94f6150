import { openedIngress } from './access/network.js';
import { widenedPolicies } from './access/widened.js';
import { canonicalJson, digestOf } from './canonical.js';
import { changeOf } from './change.js';
import { holds } from './conditions.js';
import type { StackInput } from './input.js';
import { at, byText, objectOf } from './json.js';
import { libraryDiff } from './library.js';
import { unmangled } from './mangle.js';
import type { Change, Reason, StackPlan } from './model.js';
import { notesOn } from './notes.js';
import { addition, deletion, modification } from './resources.js';
import { resourceDiff } from './resource-diff.js';
import { rippled } from './ripple.js';
import { worst, worstFirst } from './risk.js';
import { outputChanges, sectionChanges } from './sections.js';
import { protectionChanges, tagChanges } from './stack-settings.js';
import { normalized, resourcesOf, type Resource, type Template } from './template.js';
import { hiddenDefaults, resolved } from './values.js';
import { versionPairs, withNewVersions, type VersionPair } from './versions.js';
import { countsOf } from './counts.js';

/** Compares the new template of a stack, and what stands beside it, with what is deployed. */
export function planStack(input: StackInput): StackPlan {
  const after = normalized(input.after);
  const deployed = normalized(objectOf(unmangled(input.before ?? {}, input.after)));
  const pairs = versionPairs(deployed, after);
  const before = withNewVersions(deployed, pairs);
  const library = input.before === undefined ? { impacts: new Map<string, never>() } : libraryDiff(before, after);

  const resources = resourceChanges(before, after, library.impacts, input);
  const replaced = new Set(resources.filter(isCertainReplacement).map(({ logicalId }) => logicalId));
  const changes = [
    ...resources,
    ...versionChanges(pairs),
    ...outputChanges(before, after, replaced, input),
    ...sectionChanges(before, after),
    ...(input.tags === undefined ? [] : tagChanges(input.tags)),
    ...(input.terminationProtection === undefined ? [] : protectionChanges(input.terminationProtection)),
  ].sort(worstFirst);
  const { id, displayName, name, account, region, parent, status, wave } = input;
  const hidden = [...hiddenDefaults(before), ...hiddenDefaults(after)];
  const text = hidden.reduce((result, value) => result?.replaceAll(value, '***'), input.text);
  return {
    id,
    displayName,
    name,
    account,
    region,
    ...(parent !== undefined && { parent }),
    ...(status !== undefined && { status }),
    wave,
    dependsOn: input.dependsOn,
    template: {
      after: digestOf(canonicalJson(input.after)),
      ...(input.before !== undefined && { before: digestOf(canonicalJson(input.before)) }),
    },
    assets: [...new Set(input.assets)].sort(byText),
    risk: worst(changes.map(({ risk }) => risk)),
    counts: countsOf(changes),
    changes,
    notes: [...(input.notes ?? []), ...notesOn(before, after, library, input)],
    ...(text !== undefined && { text }),
  };
}

function isCertainReplacement({ action, conditional }: Change): boolean {
  return action === 'replace' && conditional !== true;
}

function resourceChanges(
  oldTemplate: Template,
  newTemplate: Template,
  impacts: ReturnType<typeof libraryDiff>['impacts'],
  input: StackInput,
): readonly Change[] {
  const known = resolved(oldTemplate, newTemplate, input);
  const before = present(known.before, input.parameters?.before ?? {}, input);
  const after = present(known.after, afterParameters(newTemplate, oldTemplate, input), input);
  const raw = { before: resourcesOf(oldTemplate), after: resourcesOf(newTemplate) };
  const both = [...after].filter(([id]) => before.has(id));

  const own = both.flatMap(([id, fresh]) => {
    const [old, rawOld, rawFresh] = [before.get(id), raw.before.get(id), raw.after.get(id)];
    if (old === undefined || rawOld === undefined || rawFresh === undefined) return [];
    return [
      [
        id,
        resourceDiff(
          { before: old, after: fresh, raw: { before: rawOld, after: rawFresh } },
          impacts.get(id),
          known.parameters,
        ),
      ] as const,
    ];
  });
  const diffs = rippled(new Map(both), new Map(own));
  const opened = [widenedPolicies(before, after, input), openedIngress(before, after, input)];
  const reasons = (id: string): readonly Reason[] => opened.flatMap((found) => found.get(id) ?? []);

  const modified = both.flatMap(([id, fresh]) => {
    const [old, diff] = [before.get(id), diffs.get(id)];
    const change = old && diff && modification(id, old, fresh, diff, reasons(id), input);
    return change === undefined ? [] : [change];
  });
  const added = [...after]
    .filter(([id]) => !before.has(id))
    .map(([id, fresh]) => addition(id, fresh, reasons(id), input));
  const removed = [...before]
    .filter(([id]) => !after.has(id))
    .map(([id, old]) => deletion(id, old, reasons(id), input));
  return [...modified, ...added, ...removed];
}

/** The resources that exist: one whose condition certainly does not hold is not there. */
function present(
  template: Template,
  parameters: Readonly<Record<string, unknown>>,
  input: StackInput,
): ReadonlyMap<string, Resource> {
  const all = [...resourcesOf(template)];
  return new Map(
    all.filter(
      ([, { condition }]) => condition === undefined || holds(template, condition, parameters, input) !== false,
    ),
  );
}

/** What parameters will be: a value that the stack has stays, a new parameter takes its default. */
function afterParameters(after: Template, before: Template, input: StackInput): Readonly<Record<string, unknown>> {
  const defaults = Object.entries(objectOf(after.Parameters)).filter(
    ([name, declared]) =>
      at(declared, ['Default']) !== undefined &&
      at(declared, ['Type']) === 'String' &&
      at(before, ['Parameters', name]) === undefined,
  );
  return {
    ...Object.fromEntries(defaults.map(([name, declared]) => [name, at(declared, ['Default'])])),
    ...input.parameters?.after,
  };
}

function versionChanges(pairs: readonly VersionPair[]): readonly Change[] {
  const change = (logicalId: string, action: 'add' | 'delete'): Change =>
    changeOf({ subject: 'resource', logicalId, action, type: 'AWS::Lambda::Version', noise: 'asset-hash' });
  return pairs.flatMap((pair) => [change(pair.fresh, 'add'), change(pair.old, 'delete')]);
}
