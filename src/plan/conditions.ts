import { at, isObject, listOf, objectOf } from './json.js';
import { same } from './equal.js';
import type { Place } from './intrinsic.js';
import type { Template } from './template.js';

/** Values of a stack's parameters, by name. */
export type Parameters = Readonly<Record<string, unknown>>;

/** Whether a condition of a template holds; undefined when that depends on a value that is not known here. */
export function holds(template: Template, name: string, parameters: Parameters, place: Place): boolean | undefined {
  const conditions = objectOf(template.Conditions);

  const evaluated = (value: unknown, seen: readonly string[]): boolean | undefined => {
    if (!isObject(value)) return undefined;
    const [key = '', argument] = Object.entries(value)[0] ?? [];
    const several = (): (boolean | undefined)[] => listOf(argument).map((item) => evaluated(item, seen));
    switch (key) {
      case 'Condition':
        return typeof argument === 'string' ? named(argument, seen) : undefined;
      case 'Fn::Not': {
        const [inner] = several();
        return inner === undefined ? undefined : !inner;
      }
      case 'Fn::And':
        return several().includes(false) ? false : several().includes(undefined) ? undefined : true;
      case 'Fn::Or':
        return several().includes(true) ? true : several().includes(undefined) ? undefined : false;
      case 'Fn::Equals': {
        const [left, right] = [scalar(at(argument, [0])), scalar(at(argument, [1]))];
        return left === undefined || right === undefined ? undefined : same(left, right);
      }
      default:
        return undefined;
    }
  };
  const named = (condition: string, seen: readonly string[]): boolean | undefined =>
    seen.includes(condition) ? undefined : evaluated(conditions[condition], [...seen, condition]);
  const scalar = (value: unknown): unknown => {
    if (!isObject(value)) return value;
    const reference = value.Ref;
    if (reference === 'AWS::Region') return place.region;
    if (reference === 'AWS::AccountId') return place.account;
    return typeof reference === 'string' ? parameters[reference] : undefined;
  };
  return named(name, []);
}
