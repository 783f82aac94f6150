import { isMap, isScalar, parseDocument } from 'yaml';
import { z } from 'zod';
import { COMMANDS, readInputs, type CommandName } from '../../src/inputs.js';

const actionFile = z.object({
  inputs: z.record(
    z.string(),
    z.object({ description: z.string(), default: z.string().optional(), required: z.boolean().optional() }),
  ),
  outputs: z.record(z.string(), z.object({ description: z.string() })),
});

/** One input of `action.yml`. */
export interface Input {
  readonly name: string;
  readonly description: string;
  readonly required: boolean;
  /** Empty when there is none. */
  readonly default: string;
  /** Those that read it. */
  readonly commands: readonly CommandName[];
}

/** Inputs that stand under one comment. */
export interface InputGroup {
  /** The comment; empty for what stands before the first one. */
  readonly title: string;
  readonly inputs: readonly Input[];
}

export interface Action {
  readonly groups: readonly InputGroup[];
  readonly outputs: readonly { readonly name: string; readonly description: string }[];
}

/**
 * What `action.yml` offers, and which commands read it.
 * @throws Error for an input that no command reads, and for one that is read but not offered
 */
export function readAction(text: string): Action {
  const document = parseDocument(text);
  const { inputs, outputs } = actionFile.parse(document.toJS());
  const readers = readersOfInputs();
  const missing = [...readers.keys()].filter((name) => !Object.hasOwn(inputs, name));
  if (missing.length > 0) throw new Error(`action.yml has no input ${missing.join(', ')}, which src/inputs.ts reads`);

  const titles = titlesOf(document.get('inputs'));
  const groups: { title: string; inputs: Input[] }[] = [];
  for (const [name, { description, default: otherwise = '', required = false }] of Object.entries(inputs)) {
    const commands = readers.get(name);
    if (commands === undefined) throw new Error(`no command reads the input ${name} of action.yml`);
    const title = titles.get(name);
    if (title !== undefined || groups.length === 0) groups.push({ title: title ?? '', inputs: [] });
    groups.at(-1)?.inputs.push({ name, description, required, default: otherwise, commands });
  }
  return { groups, outputs: Object.entries(outputs).map(([name, { description }]) => ({ name, description })) };
}

/** Commands by the inputs that they read: each command's inputs are parsed, and every question is noted. */
function readersOfInputs(): ReadonlyMap<string, readonly CommandName[]> {
  const readers = new Map<string, CommandName[]>();
  for (const command of COMMANDS) {
    const asked = new Set<string>();
    readInputs((name) => {
      asked.add(name);
      return name === 'command' ? command : '';
    });
    for (const name of asked) readers.set(name, [...(readers.get(name) ?? []), command]);
  }
  return readers;
}

/** Comments in front of inputs, by the input's name. */
function titlesOf(inputs: unknown): ReadonlyMap<string, string> {
  const items = isMap(inputs) ? inputs.items : [];
  return new Map(
    items.flatMap(({ key }) =>
      isScalar(key) && key.commentBefore ? [[String(key.value), key.commentBefore.trim()] as const] : [],
    ),
  );
}
