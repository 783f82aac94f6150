/** What a user, an event or another job says never becomes text of a script: shown for each input by following it. */
import { describe, expect, test } from 'vitest';
import type { RunnerEvent } from '../../emulators/runner/events.js';
import { dispatch, pullRequest, push } from '../../emulators/runner/events.js';
import { settle } from '../engine/literals.js';
import { runWorkflow } from '../engine/run.js';
import { readPublic } from '../engine/scene.js';
import { targetsOf } from '../engine/simulate.js';
import { callOf, type CallInput, type Step, type Workflow } from '../engine/workflow.js';
import { asFile, CALLERS, PUBLIC, type WorkflowFile } from './files.js';
import { RULES } from './rules.js';

const HOSTILE = `x"; $(touch pwned) \`id\` '\n; id #`;
const TARGETS = JSON.stringify(targetsOf([['web']]).flat());

/** What of a step a program reads as a script, or as a place to run one in. */
const scriptOf = ({ run, uses, with: inputs, ...step }: Step): readonly unknown[] => [
  run,
  uses,
  (step as { shell?: unknown }).shell,
  uses?.startsWith('actions/github-script@') === true ? inputs?.['script'] : undefined,
];

/** Scripts of a run in which every job answers, and every output holds something hostile but for lists of targets. */
async function scriptsOf(workflow: Workflow, event: RunnerEvent, mutate?: (text: string) => string) {
  const scripts: string[] = [];
  let elsewhere = false;
  await runWorkflow({
    workflow,
    resolve: (uses) => readPublic(uses, mutate),
    github: {
      event: { ...event.payload, repository: { visibility: 'public' } },
      ...{ event_name: event.name, ref: `refs/heads/${HOSTILE}`, head_ref: HOSTILE, base_ref: HOSTILE, actor: HOSTILE },
    },
    inputs: event.payload['inputs'] as Readonly<Record<string, unknown>>,
    runSteps: ({ job, contexts }) => {
      for (const step of job.steps ?? []) {
        // As the runner does: `github` is filled in as well.
        const { env, with: inputs, name, 'working-directory': folder, ...rest } = step;
        const filled = JSON.stringify(settle([env, inputs, name, folder], contexts));
        if (filled.includes(JSON.stringify(HOSTILE).slice(1, -1))) elsewhere = true;
        for (const script of scriptOf({ ...rest, ...(inputs && { with: inputs }) })) {
          if (typeof script === 'string') scripts.push(String(settle(script, contexts)));
        }
      }
      const outputs = Object.keys(job.outputs ?? {}).map((name) => {
        if (name === 'targets') return [name, TARGETS] as const;
        return [name, name === 'waves' ? JSON.stringify([JSON.parse(TARGETS)]) : HOSTILE] as const;
      });
      return Promise.resolve({
        ...{ result: 'success' as const, log: '', summary: '' },
        outputs: Object.fromEntries(outputs),
      });
    },
  });
  return { scripts, elsewhere };
}

/** A caller of a workflow that sets one input to something hostile. */
function callerWith(name: string, input: string, inputs: Readonly<Record<string, CallInput>>): Workflow {
  const required = Object.keys(inputs).filter((one) => inputs[one]?.required);
  return {
    on: 'push',
    permissions: 'write-all',
    jobs: {
      call: {
        uses: `fast-ish/deploy-action/.github/workflows/${name}.yml@v1`,
        with: { ...Object.fromEntries(required.map((one) => [one, TARGETS])), [input]: HOSTILE },
      },
    },
  };
}

const INPUTS = PUBLIC.flatMap(({ name, workflow }) => {
  const inputs = callOf(workflow)?.inputs ?? {};
  // A number or a boolean is refused before anything starts; targets are parsed there, too.
  return Object.entries(inputs)
    .filter(([input, { type }]) => type === 'string' && input !== 'targets')
    .map(([input]) => ({ name, input, inputs }));
});

describe('a hostile value of an input is in no script', () => {
  test.each(INPUTS)('$name: $input', async ({ name, input, inputs }) => {
    const { scripts } = await scriptsOf(callerWith(name, input, inputs), push());
    expect(scripts.length).toBeGreaterThan(0);
    expect(scripts.filter((script) => script.includes('touch pwned') || script.includes('${{'))).toEqual([]);
  });

  test('and it is seen where it goes, and in a script that takes it', async () => {
    const before = INPUTS.find(({ name, input }) => name === 'release' && input === 'before')!;
    const caller = callerWith(before.name, before.input, before.inputs);
    expect((await scriptsOf(caller, push())).elsewhere).toBe(true);
    const mutate = (text: string): string => text.replaceAll('-c "$COMMANDS"', '-c "${{ inputs.before }}"');
    const { scripts } = await scriptsOf(caller, push(), mutate);
    expect(scripts.some((script) => script.includes('touch pwned'))).toBe(true);
  });
});

/** Events in which everything that somebody outside can choose is hostile. */
const payload = (event: RunnerEvent): RunnerEvent => ({
  ...event,
  payload: JSON.parse(
    JSON.stringify(event.payload, (key, value: unknown) =>
      typeof value === 'string' && !['action', 'full_name'].includes(key) ? HOSTILE : value,
    ),
  ) as RunnerEvent['payload'],
});
const EVENTS = [push(), pullRequest(), dispatch({ environment: 'x', release: 'x', version: 'x' })].map(payload);

describe('nor is one of an event, or an output of another job', () => {
  const runs = CALLERS.flatMap((file) => EVENTS.map((event) => [file.name, event.name, file, event] as const));
  test.each(runs)('%s on %s', async (_, _name, { workflow }, event) => {
    const { scripts } = await scriptsOf(workflow, event);
    expect(scripts.filter((script) => script.includes('touch pwned') || script.includes('${{'))).toEqual([]);
  });
});

const script = (value: string): WorkflowFile =>
  asFile('made', 'caller', `on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: echo ${value}\n`);

test.each([
  ...['inputs.environment', 'github.head_ref', 'github.event.comment.body', 'needs.resolve.outputs.environment'],
  ...['matrix.target.environment', 'steps.resolve.outputs.version', 'github.event.pull_request.title', 'github.ref'],
])('%s in a script is seen', (what) => {
  expect(RULES['nothing is interpolated into a script']!(script(`\${{ ${what} }}`))).toHaveLength(1);
});
