import { changeOf } from './change.js';
import { same } from './equal.js';
import { textOf, referencesIn } from './intrinsic.js';
import { at, isObject, keysOf, objectOf } from './json.js';
import type { Change, PropertyChange, Reason, Subject } from './model.js';
import { isBookkeeping, assetsOf, noiseOf, summedNoise, type IsAsset } from './noise.js';
import { leavesOf, type Leaf } from './properties.js';
import { propertyChange } from './resource-diff.js';
import type { StackInput } from './input.js';
import type { Template } from './template.js';
import { isNoEcho } from './values.js';

const SECTIONS: Readonly<Record<string, Subject>> = {
  Parameters: 'parameter',
  Mappings: 'mapping',
  Conditions: 'condition',
};

/** Changes of everything in a template that is neither a resource nor an output. */
export function sectionChanges(before: Template, after: Template, input: StackInput): readonly Change[] {
  const isAsset = assetsOf(input);
  const entry = entryChange.bind(undefined, isAsset);
  return keysOf(before, after).flatMap((section) => {
    const [old, fresh] = [before[section], after[section]];
    if (section === 'Resources' || section === 'Outputs' || same(old, fresh)) return [];
    if (section === 'Transform') return [entry('transform', 'Transform', old, fresh)];
    const subject = SECTIONS[section];
    if (subject === undefined && !(isObject(old) || isObject(fresh))) return [entry('other', section, old, fresh)];
    return keysOf(objectOf(old), objectOf(fresh))
      .filter((key) => !same(at(old, [key]), at(fresh, [key])))
      .map((key) => {
        const id = subject === undefined ? `${section}.${key}` : key;
        const hide = subject === 'parameter' && (isNoEcho(before, key) || isNoEcho(after, key));
        return entry(subject ?? 'other', id, at(old, [key]), at(fresh, [key]), hide);
      });
  });
}

function entryChange(
  isAsset: IsAsset,
  subject: Subject,
  logicalId: string,
  old: unknown,
  fresh: unknown,
  hide = false,
): Change {
  const action = old === undefined ? 'add' : fresh === undefined ? 'delete' : 'update';
  const leaves = leavesOf(old, fresh);
  const bookkeeping = isBookkeeping(subject, logicalId, fresh ?? old);
  const noise = bookkeeping
    ? 'metadata'
    : action === 'update'
      ? summedNoise(leaves.map((leaf) => noiseOf(leaf, isAsset)))
      : undefined;
  const properties = leaves.map((leaf) => plainChange(hide ? hidden(leaf) : leaf, isAsset));
  return changeOf({ subject, logicalId, action, properties, ...(noise !== undefined && { noise }) });
}

function plainChange(leaf: Leaf, isAsset: IsAsset): PropertyChange {
  return propertyChange(leaf, 'never', 'direct', noiseOf(leaf, isAsset));
}

/** Whatever a parameter with `NoEcho` defaults to is a secret; the rest of its declaration is not. */
function hidden(leaf: Leaf): Leaf {
  const hide = (value: unknown): unknown => {
    if (value === undefined) return undefined;
    if (leaf.path.length > 0) return leaf.path[0] === 'Default' ? '***' : value;
    return isObject(value) && value.Default !== undefined ? { ...value, Default: '***' } : value;
  };
  const [before, after] = [hide(leaf.before), hide(leaf.after)];
  return { path: leaf.path, ...(before !== undefined && { before }), ...(after !== undefined && { after }) };
}

/**
 * Changes of outputs, also of those whose value changes because what they refer to is replaced. An export that another
 * stack imports can be neither changed nor removed: CloudFormation refuses, and if it did not, the other would break.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-exports.html
 *
 * @param replaced logical ids that are certainly replaced
 */
export function outputChanges(
  before: Template,
  after: Template,
  replaced: ReadonlySet<string>,
  input: StackInput,
): readonly Change[] {
  const [old, fresh] = [objectOf(before.Outputs), objectOf(after.Outputs)];
  const isAsset = assetsOf(input);
  return keysOf(old, fresh).flatMap((logicalId) => {
    const leaves = leavesOf(old[logicalId], fresh[logicalId]);
    const refers = [...referencesIn(at(fresh, [logicalId, 'Value']))].some((id) => replaced.has(id));
    const ripples = leaves.length === 0 && refers && old[logicalId] !== undefined;
    if (leaves.length === 0 && !ripples) return [];
    const value = at(fresh, [logicalId, 'Value']);
    const properties = ripples
      ? [propertyChange({ path: ['Value'], before: value, after: value }, 'never', 'reference')]
      : leaves.map((leaf) => plainChange(leaf, isAsset));
    const action = old[logicalId] === undefined ? 'add' : fresh[logicalId] === undefined ? 'delete' : 'update';
    const noise =
      action === 'update' && !ripples ? summedNoise(leaves.map((leaf) => noiseOf(leaf, isAsset))) : undefined;
    const reasons = exportReasons(old[logicalId], fresh[logicalId], ripples || refers, input);
    return [
      changeOf({ subject: 'output', logicalId, action, properties, reasons, ...(noise !== undefined && { noise }) }),
    ];
  });
}

function exportReasons(old: unknown, fresh: unknown, ripples: boolean, input: StackInput): readonly Reason[] {
  const name = exportName(old, input);
  if (name === undefined) return [];
  const importers = input.importers?.[name] ?? [];
  const by = `imported by ${importers.join(', ')}`;
  if (importers.length === 0) return [];
  if (exportName(fresh, input) !== name)
    return [{ risk: 'address', text: `no longer exports ${JSON.stringify(name)}, which is ${by}` }];
  const changes = ripples || !same(at(old, ['Value']), at(fresh, ['Value']));
  return changes
    ? [{ risk: 'address', text: `changes the value of the export ${JSON.stringify(name)}, which is ${by}` }]
    : [];
}

function exportName(output: unknown, input: StackInput): string | undefined {
  const name = at(output, ['Export', 'Name']);
  return name === undefined ? undefined : textOf(name, input).replaceAll('${AWS::StackName}', input.name);
}
