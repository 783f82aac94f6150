/** Where a name is looked up: a section's item first, then what is around it. */
export interface Scope {
  readonly value: unknown;
  readonly parent?: Scope;
}

/** A name that was found. Its value may be null, never undefined. */
export interface Found {
  readonly value: unknown;
}

/**
 * Looks a name up as Mustache does, but only among own properties: nothing of a prototype is a variable, and a function
 * is never called. `.` is the item itself; a name with dots is taken as a whole first, then part by part.
 */
export function lookup(scope: Scope, name: string): Found | undefined {
  if (name === '.') return found(scope.value);
  for (let here: Scope | undefined = scope; here !== undefined; here = here.parent) {
    const hit = property(here.value, name) ?? path(here.value, name.split('.'));
    if (hit !== undefined) return hit;
  }
  return undefined;
}

/** Names that a lookup from here would find, sorted; of an object also its own names, with dots. */
export function names(scope: Scope): string[] {
  const all = new Set<string>();
  for (let here: Scope | undefined = scope; here !== undefined; here = here.parent) {
    for (const name of keys(here.value)) {
      all.add(name);
      for (const inner of keys(property(here.value, name)?.value)) all.add(`${name}.${inner}`);
    }
  }
  return [...all].sort();
}

/** Whether a section of this value is shown: Mustache's rule, so 0, an empty string and an empty list are not. */
export function shows(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

function path(value: unknown, parts: readonly string[]): Found | undefined {
  let hit: Found | undefined = { value };
  for (const part of parts) {
    hit = property(hit.value, part);
    if (hit === undefined) return undefined;
  }
  return hit;
}

function property(value: unknown, name: string): Found | undefined {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return found((value as Record<string, unknown>)[name]);
}

function found(value: unknown): Found | undefined {
  return value === undefined ? undefined : { value };
}

function keys(value: unknown): string[] {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
}
