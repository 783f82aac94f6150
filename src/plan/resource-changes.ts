import { openedIngress } from './access/network.js';
import { widenedPolicies } from './access/widened.js';
import { holds, type Parameters } from './conditions.js';
import { doubtOf } from './doubt.js';
import type { StackInput } from './input.js';
import { at, objectOf } from './json.js';
import type { Impacts } from './library.js';
import type { Change, Reason } from './model.js';
import { assetsOf } from './noise.js';
import { resourceDiff } from './resource-diff.js';
import { addition, deletion, modification } from './resources.js';
import { rippled } from './ripple.js';
import { resourcesOf, type Resource, type Template } from './template.js';
import { resolved } from './values.js';

/**
 * Changes of a stack's resources.
 *
 * @param impacts what the library says: logical id → property → replacement
 */
export function resourceChanges(
  oldTemplate: Template,
  newTemplate: Template,
  impacts: Impacts,
  input: StackInput,
): readonly Change[] {
  const known = resolved(oldTemplate, newTemplate, input);
  const parameters = {
    before: input.parameters?.before ?? {},
    after: afterParameters(newTemplate, oldTemplate, input),
  };
  const before = present(known.before, parameters.before, input);
  const after = present(known.after, parameters.after, input);
  const raw = { before: resourcesOf(oldTemplate), after: resourcesOf(newTemplate) };
  const isAsset = assetsOf(input);
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
          isAsset,
        ),
      ] as const,
    ];
  });
  const diffs = rippled(new Map(both), new Map(own));
  const opened = [widenedPolicies(before, after, input), openedIngress(before, after, input)];
  const reasons = (id: string): readonly Reason[] => opened.flatMap((found) => found.get(id) ?? []);

  const modified = both.flatMap(([id, fresh]) => {
    const old = before.get(id);
    if (old === undefined) return [];
    const diff = diffs.get(id) ?? { properties: [], replacement: 'never' };
    const doubt = doubtOf([old, fresh], [oldTemplate, newTemplate], parameters.after, input);
    const whole = { ...diff, properties: [...diff.properties, ...doubt.properties] };
    const change = modification(id, old, fresh, whole, [...doubt.reasons, ...reasons(id)], input);
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
function present(template: Template, parameters: Parameters, input: StackInput): ReadonlyMap<string, Resource> {
  const all = [...resourcesOf(template)];
  return new Map(
    all.filter(
      ([, { condition }]) => condition === undefined || holds(template, condition, parameters, input) !== false,
    ),
  );
}

/** What parameters will be: a value that the stack has stays, a new parameter takes its default. */
function afterParameters(after: Template, before: Template, input: StackInput): Parameters {
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
