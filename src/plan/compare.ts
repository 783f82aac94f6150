import { canonicalJson, digestOf } from './canonical.js';
import { changeOf } from './change.js';
import type { StackInput } from './input.js';
import { byText, objectOf } from './json.js';
import { libraryDiff } from './library.js';
import { unmangled } from './mangle.js';
import type { Change, StackPlan } from './model.js';
import { assetsOf } from './noise.js';
import { notesOn } from './notes.js';
import { resourceChanges } from './resource-changes.js';
import { worst, worstFirst } from './risk.js';
import { outputChanges, sectionChanges } from './sections.js';
import { protectionChanges, tagChanges } from './stack-settings.js';
import { normalized } from './template.js';
import { hiddenDefaults } from './values.js';
import { versionPairs, withNewVersions, type VersionPair } from './versions.js';
import { countsOf } from './counts.js';

/** Compares the new template of a stack, and what stands beside it, with what is deployed. */
export function planStack(input: StackInput): StackPlan {
  const after = normalized(input.after);
  const deployed = normalized(objectOf(unmangled(input.before ?? {}, input.after)));
  const pairs = versionPairs(deployed, after, assetsOf(input));
  const before = withNewVersions(deployed, pairs);
  const library = input.before === undefined ? { impacts: new Map<string, never>() } : libraryDiff(before, after);

  const resources = resourceChanges(before, after, library.impacts, input);
  const replaced = new Set(resources.filter(isCertainReplacement).map(({ logicalId }) => logicalId));
  const changes = [
    ...resources,
    ...versionChanges(pairs),
    ...outputChanges(before, after, replaced, input),
    ...sectionChanges(before, after, input),
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

function versionChanges(pairs: readonly VersionPair[]): readonly Change[] {
  const change = (logicalId: string, action: 'add' | 'delete'): Change =>
    changeOf({ subject: 'resource', logicalId, action, type: 'AWS::Lambda::Version', noise: 'asset-hash' });
  return pairs.flatMap((pair) => [change(pair.fresh, 'add'), change(pair.old, 'delete')]);
}
