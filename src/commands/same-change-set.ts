import type { Template } from '../cdk/assembly/model.js';
import { parseTemplate } from '../cdk/assembly/template.js';
import { canonicalJson, digestOf } from '../plan/canonical.js';
import type { ChangeSetAnswer, ValidationFailure } from '../plan/change-set/answer.js';
import { isEmpty } from '../plan/change-set/preparing.js';
import { unreviewed } from '../plan/change-set/unreviewed.js';
import type { Plan } from '../plan/model.js';
import type { ChangeSets } from '../ports.js';
import type { Prepared } from './change-sets.js';

/** How what a change set would do differs from what was reviewed, a line each; empty when it is the same. */
export async function differencesOf(prepared: Prepared, reviewed: Plan): Promise<readonly string[]> {
  const { stack } = prepared;
  if (!('answer' in prepared)) return [`${stack.id}: no change set could be made: ${prepared.reason}`];
  const { answer, sets } = prepared;
  // Nothing would happen, so nothing that was not reviewed.
  if (isEmpty(answer)) return [];
  const unfit = unfitness(answer);
  if (unfit !== undefined) return [`${stack.id}: ${unfit}`];
  const templates = await otherTemplates(stack.id, stack, answer, sets);
  return [...templates, ...unreviewed(reviewed.stacks, stack.id, answer)];
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

/** Stacks whose change set was made of another template than that of the assembly, to any depth. */
async function otherTemplates(
  id: string,
  template: Template,
  answer: ChangeSetAnswer,
  sets: ChangeSets,
): Promise<readonly string[]> {
  const text = await sets.template({ changeSet: answer.id });
  const own = text === undefined ? undefined : digest(parseTemplate(text, `the template of change set ${answer.name}`));
  const nested = await Promise.all(
    Object.entries(answer.nested ?? {}).map(async ([logicalId, below]) => {
      const inner = template.nested[logicalId];
      // One that the assembly leaves out goes with the change set of its parent.
      return inner === undefined ? [] : otherTemplates(`${id}/${logicalId}`, inner, below, sets);
    }),
  );
  const other = own === digest(template.body) ? [] : [`${id}: its change set is made of another template`];
  return [...other, ...nested.flat()];
}

function digest(body: unknown): string {
  return digestOf(canonicalJson(body));
}
