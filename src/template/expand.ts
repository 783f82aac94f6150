import mustache from 'mustache';
import { ActionError, messageOf } from '../errors.js';
import { lookup, shows, type Scope } from './scope.js';
import { Skeleton } from './skeleton.js';
import { at, type Line, type Partials, type TemplateSource } from './source.js';

/** Partials within partials; one that holds itself ends here. */
const MAX_PARTIALS = 20;

/** Tokens of `mustache.parse`: kind, text or name, start, end; then what the kind needs. */
type Plain = ['text' | 'name' | '&' | '!' | '=', string, number, number];
type Section = ['#' | '^', string, number, number, Token[], number];
type Partial = ['>', string, number, number, string, number, boolean];
type Token = Plain | Section | Partial;

interface Template extends TemplateSource {
  readonly depth: number;
}

/**
 * Resolves sections and partials as text and leaves a placeholder where a value goes.
 * @throws ActionError('template') with file and line: a tag or section left open, a partial that is not there
 */
export function expand(source: TemplateSource, scope: Scope, partials: Partials, used: Set<string>): Skeleton {
  const writer = new mustache.Writer();
  const skeleton = new Skeleton();

  function walk(template: Template, tokens: readonly Token[], here: Scope): void {
    for (const token of tokens) {
      const line = lineOf(template, token[2]);
      switch (token[0]) {
        case 'text':
          room(skeleton.addText(token[1], line), line);
          break;
        case 'name':
        case '&':
          refuseOpen(template, token);
          room(skeleton.addTag({ name: token[1].replaceAll(/\s+/g, ' '), scope: here, ...line }), line);
          break;
        case '#':
        case '^':
          section(template, token, here, line);
          break;
        case '>':
          partial(template, token, here, line);
          break;
        case '!':
        case '=': // a change of delimiters: the parser has followed it already
      }
    }
  }

  function section(template: Template, [kind, name, , , inner]: Section, here: Scope, line: Line): void {
    const hit = lookup(here, name);
    if (hit !== undefined) used.add(name);
    if (typeof hit?.value === 'function') throw new ActionError('template', `${at(line)}: {{${name}}} is a function`);
    if (shows(hit?.value) !== (kind === '#')) return;
    if (kind === '^' || hit === undefined) walk(template, inner, here);
    else for (const item of [hit.value].flat()) walk(template, inner, { value: item, parent: here });
  }

  function partial(template: Template, token: Partial, here: Scope, line: Line): void {
    const [, name, start, end, indentation, tagIndex, afterText] = token;
    if (template.depth >= MAX_PARTIALS)
      throw new ActionError('template', `${at(line)}: {{> ${name}}} nests deeper than ${MAX_PARTIALS} partials`);
    const found = find(name, line);
    if (found === undefined)
      throw new ActionError(
        'template',
        `${at(line)}: no partial ${name} beside the template, for {{> ${name}}}: add ${name}.mustache there`,
      );
    let text = tagIndex === 0 && indentation ? writer.indentPartial(found.text, indentation, afterText) : found.text;
    // Mustache drops the newline after a partial that has a line of its own: without it the next line would be glued on.
    if (standsAlone(template.text, start, end) && !text.endsWith('\n')) text += '\n';
    const next = { text, file: found.file, depth: template.depth + 1 };
    walk(next, parse(writer, next), here);
  }

  function find(name: string, line: Line): TemplateSource | undefined {
    try {
      return partials(name);
    } catch (error) {
      throw new ActionError('template', `${at(line)}: ${messageOf(error)}`, { cause: error });
    }
  }

  const root = { ...source, depth: 0 };
  walk(root, parse(writer, root), scope);
  return skeleton;
}

function parse(writer: InstanceType<typeof mustache.Writer>, { text, file }: TemplateSource): Token[] {
  try {
    return writer.parse(text, ['{{', '}}']) as Token[];
  } catch (error) {
    const open = tagLeftOpen(text);
    if (open !== undefined) throw leftOpen(lineOf({ text, file }, open));
    const [, problem = messageOf(error), offset] = /^(.*) at (\d+)$/s.exec(messageOf(error)) ?? [];
    const line = at(lineOf({ text, file }, openedAt(text, problem) ?? Number(offset ?? text.indexOf('{{='))));
    const message = problem.charAt(0).toLowerCase() + problem.slice(1).replaceAll(/\s+/g, ' ');
    throw new ActionError('template', `${line}: ${message}: check its opening and closing tags`, { cause: error });
  }
}

/** The parser takes all up to the next closing braces for the name, and stumbles over what is missing then. */
function tagLeftOpen(text: string): number | undefined {
  // With other delimiters, braces are text.
  if (text.includes('{{=')) return undefined;
  return /\{\{(?![{!])(?:(?!\}\}|\{\{)[^])*(?:\{\{|$)/.exec(text)?.index;
}

function refuseOpen(template: Template, [, name, start]: Plain): void {
  if (name.includes('{{')) throw leftOpen(lineOf(template, start));
}

function leftOpen(line: Line): ActionError {
  return new ActionError('template', `${at(line)}: a tag is left open: close it with }}`);
}

/** Where the section was opened that is never closed; the parser only says where it noticed. */
function openedAt(text: string, problem: string): number | undefined {
  const name = /^Unclosed section "(.*)"$/s.exec(problem)?.[1];
  const tags = name === undefined ? [] : [...text.matchAll(/\{\{\s*[#^]\s*(.*?)\s*\}\}/g)];
  return tags.findLast((tag) => tag[1] === name)?.index;
}

function standsAlone(text: string, start: number, end: number): boolean {
  const before = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  const rest = text.slice(end);
  return before.trim() === '' && /^[^\S\n]*(\n|$)/.test(rest);
}

function lineOf({ text, file }: TemplateSource, offset: number): Line {
  return { file, line: text.slice(0, Math.max(0, offset)).split('\n').length };
}

function room(left: boolean, line: Line): void {
  if (!left)
    throw new ActionError('template', `${at(line)}: the template grows past 4 MiB: check its lists and partials`);
}
