import { COMMANDS, type CommandName } from '../../src/inputs.js';
import { exampleComment } from './example.js';
import { readAction, type Input, type InputGroup } from './action.js';
import { codes, replaceSection, table } from './section.js';

/**
 * The README with its tables of inputs and outputs made from `action.yml`, and with an example of a comment.
 * @throws Error when a marker is missing, or `action.yml` and `src/inputs.ts` do not agree
 */
export function readme(present: string, actionYml: string): string {
  const { groups, outputs } = readAction(actionYml);
  const rows = outputs.map(({ name, description }) => [codes([name]), description]);
  const sections = {
    example: quoted(exampleComment()),
    inputs: groups.map(inputTable).join('\n\n'),
    outputs: table(['Output', 'What it is'], rows),
  };
  return Object.entries(sections).reduce((text, [name, content]) => replaceSection(text, name, content), present);
}

/** As a quotation, so that its headings are none of the README's. */
function quoted(markdown: string): string {
  const lines = markdown
    .replace(/^<!--.*-->\n+/, '')
    .trimEnd()
    .split('\n');
  return lines.map((line) => `> ${line}`.trimEnd()).join('\n');
}

function inputTable({ title, inputs }: InputGroup): string {
  const rows = inputs.map((input) => [codes([input.name]), defaultOf(input), readersOf(input), input.description]);
  const body = table(['Input', 'Default', 'Read by', 'What it is'], rows);
  return title === '' ? body : `### ${title}\n\n${body}`;
}

function defaultOf(input: Input): string {
  if (input.required) return 'required';
  return input.default === '' ? '' : codes([input.default]);
}

/** `all`, `all but report`, or the commands by name, whichever is shortest. */
function readersOf({ commands }: Input): string {
  const others = COMMANDS.filter((command: CommandName) => !commands.includes(command));
  if (others.length === 0) return 'all';
  return others.length === 1 ? `all but ${codes(others)}` : codes(commands);
}
