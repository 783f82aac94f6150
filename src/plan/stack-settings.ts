import { changeOf } from './change.js';
import { keysOf } from './json.js';
import type { Change } from './model.js';
import { propertyChange } from './resource-diff.js';
import type { StackInput } from './input.js';

/** Changes of a stack's tags, which `cdk diff` does not show: CloudFormation puts them on every resource that takes tags. */
export function tagChanges(tags: NonNullable<StackInput['tags']>): readonly Change[] {
  return keysOf(tags.before, tags.after).flatMap((logicalId) => {
    const own = (side: Readonly<Record<string, string>>): string | undefined =>
      Object.hasOwn(side, logicalId) ? side[logicalId] : undefined;
    const [before, after] = [own(tags.before), own(tags.after)];
    if (before === after) return [];
    const action = before === undefined ? 'add' : after === undefined ? 'delete' : 'update';
    const leaf = { path: ['Value'], ...(before !== undefined && { before }), ...(after !== undefined && { after }) };
    return [changeOf({ subject: 'tag', logicalId, action, properties: [propertyChange(leaf, 'never', 'direct')] })];
  });
}

/** The change of a stack's protection against deletion. */
export function protectionChanges({
  before,
  after,
}: NonNullable<StackInput['terminationProtection']>): readonly Change[] {
  if (before === after) return [];
  const properties = [propertyChange({ path: ['TerminationProtection'], before, after }, 'never', 'direct')];
  const text = after ? 'is protected against deletion from now on' : 'is no longer protected against deletion';
  return [
    changeOf({
      subject: 'termination-protection',
      logicalId: 'TerminationProtection',
      action: 'update',
      properties,
      reasons: [{ risk: 'update', text }],
    }),
  ];
}
