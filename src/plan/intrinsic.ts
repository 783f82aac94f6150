import { canonicalJson } from './canonical.js';
import { at, isObject, listOf } from './json.js';

/** Whether a value is a call of CloudFormation's (`Ref`, `Fn::…`, `Condition`) and no structure of its own. */
export function isIntrinsic(value: unknown): boolean {
  if (!isObject(value)) return false;
  const [key, ...more] = Object.keys(value);
  return key !== undefined && more.length === 0 && (key === 'Ref' || key === 'Condition' || key.startsWith('Fn::'));
}

/** What is known of the place a template goes to. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

const SUB = /\$\{([^!}][^}]*)\}/g;

/**
 * A value as one text: intrinsic functions become `${LogicalId.Attribute}`, `Fn::Join` and `Fn::Sub` are carried out as
 * far as the template allows, account and region are put in, every partition is written `aws`.
 */
export function textOf(value: unknown, place: Place): string {
  return rendered(value, place)
    .replaceAll('${AWS::AccountId}', place.account)
    .replaceAll('${AWS::Region}', place.region)
    .replaceAll(/\barn:(?:\$\{AWS::Partition\}|aws-cn|aws-us-gov):/g, 'arn:aws:')
    .replaceAll('${AWS::URLSuffix}', 'amazonaws.com');
}

function rendered(value: unknown, place: Place): string {
  if (typeof value === 'string') return value;
  if (!isObject(value) || !isIntrinsic(value)) return canonicalJson(value);
  const [name = ''] = Object.keys(value);
  const argument = value[name];
  const nested = (item: unknown): string => rendered(item, place);
  switch (name) {
    case 'Ref':
      return `\${${nested(argument)}}`;
    case 'Fn::GetAtt':
      return `\${${listOf(argument).map(nested).join('.')}}`;
    case 'Fn::ImportValue':
      return `\${import ${nested(argument)}}`;
    case 'Fn::Join':
      return listOf(at(argument, [1]))
        .map(nested)
        .join(nested(at(argument, [0]) ?? ''));
    case 'Fn::Sub': {
      const [template, variables] = listOf(argument);
      if (typeof template !== 'string') return canonicalJson(value);
      return template.replaceAll(SUB, (whole, variable: string) => {
        const given = at(variables, [variable]);
        return given === undefined ? whole : nested(given);
      });
    }
    default:
      return canonicalJson(value);
  }
}

/** Logical ids that a value refers to through `Ref`, `Fn::GetAtt` and `Fn::Sub`; pseudo parameters are left out. */
export function referencesIn(value: unknown, found = new Set<string>()): Set<string> {
  if (Array.isArray(value)) for (const item of value) referencesIn(item, found);
  if (!isObject(value)) return found;
  if (isIntrinsic(value)) for (const id of directReferences(value)) found.add(id);
  for (const member of Object.values(value)) referencesIn(member, found);
  return found;
}

/** Logical ids that one intrinsic function names itself, not through the values it holds. */
export function directReferences(value: object): readonly string[] {
  const [name = '', argument] = Object.entries(value)[0] ?? [];
  if (name === 'Ref') return typeof argument === 'string' && !argument.startsWith('AWS::') ? [argument] : [];
  if (name === 'Fn::GetAtt') {
    const id: unknown = typeof argument === 'string' ? argument.split('.')[0] : listOf(argument)[0];
    return typeof id === 'string' ? [id] : [];
  }
  if (name !== 'Fn::Sub') return [];
  const [template, variables] = listOf(argument);
  if (typeof template !== 'string') return [];
  return [...template.matchAll(SUB)]
    .map((match) => match[1] ?? '')
    .filter((variable) => !variable.startsWith('AWS::') && at(variables, [variable]) === undefined)
    .map((variable) => variable.split('.')[0] ?? '');
}
