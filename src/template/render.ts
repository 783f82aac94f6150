import { ActionError, messageOf } from '../errors.js';
import { expand } from './expand.js';
import { isRecord, toJson } from './json.js';
import { nearest } from '../nearest.js';
import { lookup, names } from './scope.js';
import type { Part, Tag } from './skeleton.js';
import { at, type Partials, type TemplateSource } from './source.js';
import { readStructure } from './structure.js';

export interface RenderRequest extends TemplateSource {
  readonly variables: Readonly<Record<string, unknown>>;
  /** @default there are no partials */
  readonly partials?: Partials;
}

export interface RenderedContext {
  readonly context: Readonly<Record<string, unknown>>;
  /** Of the context's first level, in the template's order. */
  readonly keys: readonly string[];
  /** Names as the template writes them (`tags.team`), sorted; of those that were found. */
  readonly usedVariables: readonly string[];
}

/** Names that a message lists at most. */
const MAX_NAMES = 25;

/**
 * Renders a context template: JSON or YAML with Mustache tags. Sections and partials shape the text; then the text is
 * parsed; only then values are put into its scalars and keys, so that nothing in a value changes the structure. A
 * scalar that is one tag, in quotes or not, takes the value with its type (`!!str` in front makes it text); beside
 * other text the value becomes text. All of `{{x}}`, `{{{x}}}` and `{{&x}}` mean the same: nothing is escaped.
 * @throws ActionError('template') with file and line
 */
export function renderContext(request: RenderRequest): RenderedContext {
  const used = new Set<string>();
  const missing: Tag[] = [];
  const skeleton = expand(request, { value: request.variables }, request.partials ?? (() => undefined), used);

  function valueOf(tag: Tag): unknown {
    const hit = lookup(tag.scope, tag.name);
    if (hit === undefined) {
      // Told all at once at the end. Until then each stands for itself, so that two of them are no duplicate key.
      return `{{${tag.name}}} ${missing.push(tag)}`;
    }
    used.add(tag.name);
    try {
      return toJson(hit.value);
    } catch (error) {
      throw new ActionError('template', `${at(tag)}: {{${tag.name}}}: ${messageOf(error)}`, { cause: error });
    }
  }

  function textOf(part: Part): string {
    if (typeof part === 'string') return part;
    const value = valueOf(part);
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
    const kind = value === null ? 'null' : Array.isArray(value) ? 'a list' : 'an object';
    const advice = 'give it a value of its own, without text beside the tag';
    throw new ActionError('template', `${at(part)}: {{${part.name}}} is ${kind} and cannot become text: ${advice}`);
  }

  function fill(text: string, asText: boolean): unknown {
    const parts = skeleton.parts(text);
    const [only] = parts;
    if (!asText && parts.length === 1 && typeof only === 'object') return valueOf(only);
    return parts.map(textOf).join('');
  }

  const context = readStructure(skeleton, request.file, fill) ?? {};
  if (missing.length > 0) throw withoutValue(missing);
  if (!isRecord(context)) {
    const kind = Array.isArray(context) ? 'a list' : `a ${typeof context}`;
    throw new ActionError(
      'template',
      `${request.file}: a context is a mapping of keys to values, and this is ${kind}: write 'key: value'`,
    );
  }
  return { context, keys: Object.keys(context), usedVariables: [...used].sort() };
}

function withoutValue([first, ...others]: readonly Tag[]): ActionError {
  if (first === undefined) throw new RangeError('no tag is missing');
  const all = names(first.scope);
  const known = all.filter((name) => !name.includes('.'));
  const near = nearest(first.name, all);
  const more = known.length > MAX_NAMES ? `, and ${known.length - MAX_NAMES} more` : '';
  const parts = [
    `${at(first)}: {{${first.name}}} has no value`,
    ...(near === undefined ? [] : [`did you mean {{${near}}}?`]),
    `known: ${known.slice(0, MAX_NAMES).join(', ') || 'none'}${more}`,
    "set it under the environment's `variables` in the config file or in the `variables` input",
    ...(others.length === 0
      ? []
      : [`without a value, too: ${others.map((tag) => `{{${tag.name}}} (${at(tag)})`).join(', ')}`]),
  ];
  return new ActionError('template', parts.join('; '));
}
