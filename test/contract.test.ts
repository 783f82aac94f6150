import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { COMMANDS, readInputs } from '../src/inputs.js';
import { OUTPUTS, outputText } from '../src/outputs.js';

interface Entry {
  readonly description?: string;
  readonly default?: string;
  readonly required?: boolean;
}

const action = parse(readFileSync(new URL('../action.yml', import.meta.url), 'utf8')) as {
  readonly inputs: Readonly<Record<string, Entry>>;
  readonly outputs: Readonly<Record<string, Entry>>;
  readonly runs: Readonly<Record<string, string>>;
};

/** A runner's inputs: what is not given is empty. */
const from = (given: Readonly<Record<string, string>>): Parameters<typeof readInputs>[0] => {
  return (name) => given[name] ?? '';
};

function namesRead(): string[] {
  const names = new Set<string>();
  for (const command of COMMANDS) {
    readInputs((name) => {
      names.add(name);
      return name === 'command' ? command : '';
    });
  }
  return [...names];
}

test('the inputs of action.yml are those that are read', () => {
  expect(namesRead().sort()).toEqual(Object.keys(action.inputs).sort());
});

test('the outputs of action.yml are those that are written', () => {
  expect(Object.keys(action.outputs)).toEqual([...OUTPUTS]);
});

test.each(COMMANDS)('%s: the defaults of action.yml are the defaults without one', (command) => {
  const { 'github-token': token, ...inputs } = action.inputs;
  const defaults = Object.fromEntries(Object.entries(inputs).map(([name, entry]) => [name, entry.default ?? '']));
  expect(token?.default).toBe('${{ github.token }}');
  expect(readInputs(from({ ...defaults, command }))).toEqual(readInputs(from({ command })));
});

describe('every input and output', () => {
  test.each(Object.entries({ ...action.inputs, ...action.outputs }))('%s is described', (_, entry) => {
    expect(entry.description).toMatch(/^\S.{10,}[^\s]$/s);
  });

  test('is in kebab-case', () => {
    const names = [...Object.keys(action.inputs), ...Object.keys(action.outputs)];
    expect(names.filter((name) => !/^[a-z]+(-[a-z]+)*$/.test(name))).toEqual([]);
  });
});

test('only the command is required', () => {
  const required = Object.entries(action.inputs).flatMap(([name, entry]) => (entry.required ? name : []));
  expect(required).toEqual(['command']);
});

test('the description of command names every command', () => {
  expect(COMMANDS.filter((command) => !action.inputs['command']?.description?.includes(`\`${command}\``))).toEqual([]);
});

test('one bundle runs and cleans up', () => {
  expect(action.runs).toEqual({ using: 'node24', main: 'dist/index.js', post: 'dist/index.js', 'post-if': 'always()' });
});

test.each([
  ['text', 'v1', 'v1'],
  ['nothing', '', ''],
  ['a flag', false, 'false'],
  ['a list', [{ id: 'a' }], '[{"id":"a"}]'],
])('an output that is %s', (_, value, text) => {
  expect(outputText(value)).toBe(text);
});
