import type { AssemblyStack } from '../cdk/assembly/model.js';
import { ActionError } from '../errors.js';
import { isOurs } from '../plan/change-set/name.js';
import { isNotPrepared } from '../plan/change-set/preparing.js';
import type { Plan, PreparedChangeSet, StackPlan } from '../plan/model.js';
import type { Known } from './access.js';
import { rootsToAsk } from './comparing.js';
import type { Context } from './context.js';
import { refusalOf, type Made } from './exact.js';
import { differencesOf } from './same-change-set.js';
import type { Source } from './source.js';
import { deployRoleOf } from './stack-roles.js';

export interface ReadyRequest {
  readonly source: Source;
  readonly access: Known;
  readonly reviewed: Plan;
  /** What the templates say now. */
  readonly now: readonly StackPlan[];
}

/**
 * The change sets that `prepare` has written into the plan, each held against it. A stack of which none could be made
 * then is left out.
 * @throws ActionError `plan` for one that is gone, obsolete, failed, of another place, not ours, or that would do
 * something else; nothing has been touched then
 */
export async function readyChangeSets(request: ReadyRequest, context: Context): Promise<ReadonlyMap<string, Made>> {
  const roots = rootsToAsk(request.now, request.source.stacks, 'change-set');
  const all = await Promise.all(roots.map((stack) => readyOf(stack, request)));
  const lines = all.flatMap((one) => one.lines);
  if (lines.length > 0)
    throw new ActionError('plan', refusalOf(lines, 'prepare again and have that reviewed', context));
  return new Map(all.flatMap(({ made }) => (made === undefined ? [] : [[made.stack.id, made] as const])));
}

interface Checked {
  /** What is against it. */
  readonly lines: readonly string[];
  readonly made?: Made;
}

async function readyOf(stack: AssemblyStack, { access, reviewed }: ReadyRequest): Promise<Checked> {
  const plan = reviewed.stacks.find(({ id }) => id === stack.id);
  const changeSet = plan?.changeSet;
  if (changeSet === undefined) {
    const left = plan?.notes.some(isNotPrepared) ?? false;
    return { lines: left ? [] : [`${stack.id}: the plan names no change set`] };
  }
  const foreign = foreignness(changeSet, access);
  if (foreign !== undefined) return { lines: [`${stack.id}: change set ${changeSet.name} ${foreign}`] };
  const sets = await access.changeSetsOf(deployRoleOf(stack, access.account, access.region));
  const answer = await sets.describe({ changeSet: changeSet.id });
  if (answer === undefined) return { lines: [`${stack.id}: change set ${changeSet.name} is gone`] };
  if (answer.id !== changeSet.id || answer.name !== changeSet.name) {
    return { lines: [`${stack.id}: CloudFormation knows ${changeSet.id} as ${answer.name}`] };
  }
  if (answer.stackName !== stack.name) {
    return { lines: [`${stack.id}: change set ${changeSet.name} is of stack ${answer.stackName}`] };
  }
  const made: Made = { stack, answer, sets };
  // What was reviewed counts, not what a synthesis comes to now: that is what will be executed.
  return { lines: await differencesOf(made, reviewed, reviewed.stacks), made };
}

/** Why a change set is not one that `prepare` has made here, as far as its ARN tells. */
function foreignness({ id, name }: PreparedChangeSet, { account, region }: Known): string | undefined {
  const [, itsRegion = '', itsAccount = '', itsName = ''] =
    /^arn:aws[a-z-]*:cloudformation:([a-z0-9-]+):(\d{12}):changeSet\/([A-Za-z0-9-]+)\/[A-Za-z0-9-]+$/.exec(id) ?? [];
  if (itsName === '') return `has no ARN of a change set ('${id}')`;
  if (itsAccount !== account || itsRegion !== region) {
    return `is in account ${itsAccount} ${itsRegion}, this is ${account} ${region}`;
  }
  return itsName === name && isOurs(name) ? undefined : 'is not one that command prepare has made';
}
