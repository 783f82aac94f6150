import { parseTemplate } from '../cdk/assembly/template.js';
import { canonicalJson, digestOf } from '../plan/canonical.js';
import type { ChangeSetAnswer, ValidationFailure } from '../plan/change-set/answer.js';
import { isEmpty } from '../plan/change-set/preparing.js';
import { unreviewed } from '../plan/change-set/unreviewed.js';
import type { Plan, StackPlan } from '../plan/model.js';
import type { ChangeSets } from '../ports.js';
import type { Prepared } from './change-sets.js';

/**
 * How what a change set would do differs from what was reviewed, a line each; empty when it is the same.
 * @param templates plans of the stacks that have the templates it is to be made of
 */
export async function differencesOf(
  prepared: Prepared,
  reviewed: Plan,
  templates: readonly StackPlan[],
): Promise<readonly string[]> {
  const { stack } = prepared;
  if (!('answer' in prepared)) return [`${stack.id}: no change set could be made: ${prepared.reason}`];
  const { answer, sets } = prepared;
  // Nothing would happen, so nothing that was not reviewed.
  if (isEmpty(answer)) return [];
  const unfit = unfitness(answer);
  if (unfit !== undefined) return [`${stack.id}: ${unfit}`];
  const other = await otherTemplates(stack.id, answer, sets, templates);
  return [...other, ...unreviewed(reviewed.stacks, stack.id, answer)];
}

/** Why a change set cannot be executed; undefined when it can. */
export function unfitness({ status, executionStatus, reason, validation = [] }: ChangeSetAnswer): string | undefined {
  if (executionStatus === 'OBSOLETE') return 'the stack was changed after its change set was made';
  if (status === 'CREATE_COMPLETE' && executionStatus === 'AVAILABLE') return undefined;
  const told = validation.filter(({ severity }) => severity === 'error').map(sentenceOf);
  const why = [...(reason === undefined ? [] : [reason]), ...told].join('; ');
  const state = status === 'CREATE_COMPLETE' ? executionStatus : status;
  return `its change set is ${state}${why === '' ? '' : ` (${why})`}`;
}

function sentenceOf({ logicalId, reason, path }: ValidationFailure): string {
  return [logicalId, path, reason].filter((part) => part !== undefined).join(': ');
}

/** Stacks whose change set was made of another template than it is to be, to any depth. */
async function otherTemplates(
  id: string,
  answer: ChangeSetAnswer,
  sets: ChangeSets,
  templates: readonly StackPlan[],
): Promise<readonly string[]> {
  const text = await sets.template({ changeSet: answer.id });
  const own = text === undefined ? undefined : parseTemplate(text, `the template of change set ${answer.name}`);
  const wanted = templates.find((stack) => stack.id === id)?.template.after;
  const isOther = own === undefined || digestOf(canonicalJson(own)) !== wanted;
  // A nested stack that goes has no template any more.
  const gone = new Set(answer.changes.flatMap(({ action, logicalId }) => (action === 'Remove' ? logicalId : [])));
  const nested = await Promise.all(
    Object.entries(answer.nested ?? {})
      .filter(([logicalId]) => !gone.has(logicalId))
      .map(([logicalId, below]) => otherTemplates(`${id}/${logicalId}`, below, sets, templates)),
  );
  return [...(isOther ? [`${id}: its change set is made of another template`] : []), ...nested.flat()];
}
