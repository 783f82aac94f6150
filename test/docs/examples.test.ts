import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { parseConfig } from '../../src/environment/config.js';
import { BUILT_IN_VARIABLES } from '../../src/environment/names.js';
import { readInputs } from '../../src/inputs.js';
import { renderContext } from '../../src/template/render.js';
import { BLOCKS, PAGES, ROOT, type Block } from './pages.js';

interface Step {
  readonly id?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string | number | boolean>>;
}

interface Job {
  readonly needs?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly outputs?: Readonly<Record<string, string>>;
  /** A workflow of ours that it calls, in place of steps: `test/workflows` holds those calls to it. */
  readonly uses?: string;
  readonly steps?: readonly Step[];
}

interface Workflow {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const action = parse(readFileSync(join(ROOT, 'action.yml'), 'utf8')) as {
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>>;
};

const of = (language: string): readonly Block[] => BLOCKS.filter((block) => block.language === language);
const yaml = of('yaml').map((block) => ({ ...block, value: parse(block.text) as Record<string, unknown> }));
const configs = yaml.filter(({ value }) => 'schema' in value);
const workflows = yaml
  .filter(({ value }) => 'jobs' in value)
  .map((block) => ({ ...block, value: block.value as unknown as Workflow }));
const steps = yaml.filter(({ value }) => Array.isArray(value));

/** Steps that use this action. */
const ours = (all: readonly Step[] = []): readonly Step[] =>
  all.filter(({ uses }) => uses?.startsWith('fast-ish/deploy-action@'));

/** What a public workflow gives. */
function outputsOf(name: string): Readonly<Record<string, unknown>> {
  const { on } = parse(readFileSync(join(ROOT, `.github/workflows/${name}.yml`), 'utf8')) as {
    on: { workflow_call: { outputs: Readonly<Record<string, unknown>> } };
  };
  return on.workflow_call.outputs;
}

const used = [
  ...steps.map(({ at, value }) => ({ at, steps: value as unknown as readonly Step[] })),
  ...workflows.flatMap(({ at, value }) => Object.values(value.jobs).map((job) => ({ at, steps: job.steps ?? [] }))),
].flatMap(({ at, steps: all }) => ours(all).map((step) => ({ at, inputs: step.with ?? {} })));

test('each example is found, and none is of another kind', () => {
  expect(configs.length).toBeGreaterThanOrEqual(4);
  expect(workflows.length).toBeGreaterThanOrEqual(4);
  expect(used.length).toBeGreaterThanOrEqual(6);
  expect(yaml.length).toBe(configs.length + workflows.length + steps.length);
});

test.each(configs)('$at is a config', ({ at, text }) => {
  expect(parseConfig(text, at)).toMatchObject({ schema: 1 });
});

test.each(used)('$at gives inputs that there are', ({ inputs }) => {
  expect(Object.keys(inputs).filter((name) => !Object.hasOwn(action.inputs, name))).toEqual([]);
  // What the workflow fills in is not known here.
  const known = (name: string): string => {
    const value = String(inputs[name] ?? '');
    return value.includes('${{') ? '' : value;
  };
  const unfilled = Object.hasOwn(inputs, 'assembly-digest') ? ['assembly-digest'] : [];
  expect(readInputs((name) => (unfilled.includes(name) ? '' : known(name)))).toMatchObject({
    command: inputs['command'],
  });
});

test.each(workflows)('$at grants what its jobs need', ({ value: { jobs, permissions } }) => {
  for (const job of Object.values(jobs)) {
    const granted = job.permissions ?? permissions ?? {};
    for (const { with: inputs } of ours(job.steps)) {
      const command = inputs?.['command'];
      const comments = command === 'report' || (command === 'diff' && inputs?.['comment'] !== false);
      if (command !== 'report') expect(granted).toHaveProperty('contents', 'read');
      if (['diff', 'prepare', 'deploy'].includes(String(command))) expect(granted).toHaveProperty('id-token', 'write');
      expect(granted['pull-requests']).toBe(comments ? 'write' : undefined);
    }
  }
});

test.each(workflows)('$at uses outputs that there are', ({ value: { jobs } }) => {
  const text = JSON.stringify(jobs);
  for (const [, id, output = ''] of text.matchAll(/steps\.([\w-]+)\.outputs\.([\w-]+)/g)) {
    expect(Object.values(jobs).flatMap((job) => ours(job.steps).map((step) => step.id))).toContain(id);
    expect(action.outputs).toHaveProperty([output]);
  }
  for (const [, job = '', output = ''] of text.matchAll(/needs\.([\w-]+)\.outputs\.([\w-]+)/g)) {
    const called = /\/([a-z-]+)\.yml@v1$/.exec(jobs[job]?.uses ?? '')?.[1];
    const outputs = called === undefined ? jobs[job]?.outputs : outputsOf(called);
    expect(outputs).toHaveProperty([output]);
  }
});

test.each(of('json'))('$at is JSON', ({ text }) => {
  expect(JSON.parse(text)).toBeTypeOf('object');
});

test('the context of the README is what its template gives', () => {
  const [template] = of('mustache').filter(({ at }) => at.startsWith('README.md'));
  const context = of('json').find(({ text }) => text.includes('deployment:organization'));
  const rendered = renderContext({
    text: template!.text,
    file: 'cdk.context.template.yaml',
    variables: {
      organization: 'acme-corp',
      account: '111122223333',
      region: 'eu-central-1',
      tags: { 'cost-center': '0042', owner: 'shop: "core"' },
      retention: 7,
    },
  });
  expect(rendered.context).toEqual(JSON.parse(context!.text));
});

test.each(BUILT_IN_VARIABLES)('the README tells of the variable %s', (name) => {
  const [, text = ''] = /^Variables: ([\s\S]*?)\n\n/m.exec(PAGES['README.md']!) ?? [];
  expect(text).toContain(`\`${name}\``);
});
