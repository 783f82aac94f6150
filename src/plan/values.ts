import { same } from './equal.js';
import { at, fromEntries, isObject, keysOf, listOf, objectOf } from './json.js';
import type { Place } from './intrinsic.js';
import type { StackInput } from './input.js';
import type { Template } from './template.js';

/** Both templates with the values put in that changed outside of the resources: parameters and mappings. */
export interface Resolved {
  readonly before: Template;
  readonly after: Template;
  /** Parameters whose value differs. */
  readonly parameters: ReadonlySet<string>;
}

/**
 * Puts in the values of parameters that differ, and of look-ups in mappings that differ, so that what they change shows
 * at the properties that use them. A parameter with `NoEcho` keeps its value to itself.
 */
export function resolved(before: Template, after: Template, input: StackInput): Resolved {
  const values = input.parameters ?? { before: {}, after: {} };
  const parameters = new Set(
    keysOf(values.before, values.after).filter(
      (name) =>
        Object.hasOwn(values.before, name) &&
        Object.hasOwn(values.after, name) &&
        !same(values.before[name], values.after[name]),
    ),
  );
  const mappings = new Set(
    keysOf(objectOf(before.Mappings), objectOf(after.Mappings)).filter(
      (name) => !same(at(before, ['Mappings', name]), at(after, ['Mappings', name])),
    ),
  );
  if (parameters.size === 0 && mappings.size === 0) return { before, after, parameters };
  const put = (template: Template, known: Readonly<Record<string, unknown>>, side: string): Template => ({
    ...template,
    Resources: substituted(template.Resources, { template, known, side, parameters, mappings, place: input }),
    Outputs: substituted(template.Outputs, { template, known, side, parameters, mappings, place: input }),
  });
  return { before: put(before, values.before, 'before'), after: put(after, values.after, 'after'), parameters };
}

interface Scope {
  readonly template: Template;
  readonly known: Readonly<Record<string, unknown>>;
  readonly side: string;
  readonly parameters: ReadonlySet<string>;
  readonly mappings: ReadonlySet<string>;
  readonly place: Place;
}

function substituted(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) return value.map((item) => substituted(item, scope));
  if (!isObject(value)) return value;
  const [[key, argument] = ['', undefined], ...more] = Object.entries(value);
  if (more.length === 0 && key === 'Ref' && typeof argument === 'string' && scope.parameters.has(argument)) {
    const hidden = isNoEcho(scope.template, argument);
    return hidden ? `(${scope.side}: hidden by NoEcho)` : scope.known[argument];
  }
  if (more.length === 0 && key === 'Fn::FindInMap') return lookedUp(value, listOf(argument), scope);
  return fromEntries(Object.entries(value).map(([name, member]) => [name, substituted(member, scope)]));
}

function lookedUp(call: unknown, keys: readonly unknown[], { template, mappings, place }: Scope): unknown {
  const [name, ...path] = keys.map((key) => {
    const reference = objectOf(key).Ref;
    return reference === 'AWS::Region' ? place.region : reference === 'AWS::AccountId' ? place.account : key;
  });
  if (typeof name !== 'string' || !mappings.has(name) || path.length !== 2) return call;
  const [first, second] = path;
  if (typeof first !== 'string' || typeof second !== 'string') return call;
  return at(template, ['Mappings', name, first, second]) ?? call;
}

/** Defaults of the parameters that CloudFormation is to keep to itself. */
export function hiddenDefaults(template: Template): readonly string[] {
  return Object.keys(objectOf(template.Parameters))
    .filter((name) => isNoEcho(template, name))
    .map((name) => at(template, ['Parameters', name, 'Default']))
    .filter((value) => typeof value === 'string' && value.length >= 4)
    .map(String);
}

/** Whether CloudFormation is to keep a parameter's value to itself. */
export function isNoEcho(template: Template, parameter: string): boolean {
  return same(at(template, ['Parameters', parameter, 'NoEcho']), true);
}
