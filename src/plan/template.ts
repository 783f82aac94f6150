import { byText, fromEntries, isObject, objectOf, textually, type JsonObject } from './json.js';

/** A CloudFormation template as an object; short tags of YAML are long forms already. */
export type Template = JsonObject;

/** A resource as a template declares it. */
export interface Resource {
  readonly type: string;
  readonly properties: JsonObject;
  readonly metadata: JsonObject;
  readonly deletionPolicy?: string;
  readonly updateReplacePolicy?: string;
  readonly condition?: string;
  /** `DependsOn`, `UpdatePolicy`, `CreationPolicy` and what else stands beside the properties. */
  readonly attributes: JsonObject;
}

const KNOWN = new Set(['Type', 'Properties', 'Metadata', 'DeletionPolicy', 'UpdateReplacePolicy', 'Condition']);

/** Type of what the language extension `Fn::ForEach` expands to: the template does not say more. */
export const FOR_EACH = 'Fn::ForEach';

/** The resources of a template, by logical id. */
export function resourcesOf(template: Template): ReadonlyMap<string, Resource> {
  const found = new Map<string, Resource>();
  for (const [id, value] of Object.entries(objectOf(template.Resources))) {
    found.set(id, isObject(value) && typeof value.Type === 'string' ? declared(value) : generated(id, value));
  }
  return found;
}

function declared(value: JsonObject): Resource {
  const text = (key: string): string | undefined => {
    const member = value[key];
    if (member === undefined || member === null) return undefined;
    return textually(member);
  };
  const [deletionPolicy, updateReplacePolicy, condition] = [
    text('DeletionPolicy'),
    text('UpdateReplacePolicy'),
    text('Condition'),
  ];
  return {
    type: textually(value.Type),
    properties: objectOf(value.Properties),
    metadata: objectOf(value.Metadata),
    ...(deletionPolicy !== undefined && { deletionPolicy }),
    ...(updateReplacePolicy !== undefined && { updateReplacePolicy }),
    ...(condition !== undefined && { condition }),
    attributes: fromEntries(Object.entries(value).filter(([key]) => !KNOWN.has(key))),
  };
}

/** Loops and macros stand among the resources without being one: they are compared as a whole. */
function generated(id: string, value: unknown): Resource {
  const type = id.startsWith('Fn::ForEach') ? FOR_EACH : id.startsWith('Fn::') ? id : 'unknown';
  return { type, properties: { Value: value }, metadata: {}, attributes: {} };
}

/** The same template in one spelling: `Fn::GetAtt` and `DependsOn` as lists, the latter sorted. */
export function normalized(template: Template): Template {
  return objectOf(normalizedValue(template, ''));
}

function normalizedValue(value: unknown, key: string): unknown {
  if (key === 'Fn::GetAtt' && typeof value === 'string') {
    const dot = value.indexOf('.');
    return dot < 0 ? [value] : [value.slice(0, dot), value.slice(dot + 1)];
  }
  if (key === 'DependsOn') {
    const ids = typeof value === 'string' ? [value] : value;
    return Array.isArray(ids)
      ? [...(ids as unknown[])].sort((left, right) => byText(textually(left), textually(right)))
      : ids;
  }
  if (Array.isArray(value)) return value.map((item) => normalizedValue(item, ''));
  if (!isObject(value)) return value;
  return fromEntries(Object.entries(value).map(([name, member]) => [name, normalizedValue(member, name)]));
}
