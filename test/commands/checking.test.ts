import { expect, test } from 'vitest';
import { checkOrError, checkPlan } from '../../src/commands/checking.js';
import { readInputs, type DiffInputs } from '../../src/inputs.js';
import { httpError } from '../fakes/github.js';
import { fakePorts } from '../fakes/ports.js';
import { aChange, aPlan, aStack } from '../report/fixtures.js';
import { aContext, aFound } from './found.js';

const inputs = (given: Readonly<Record<string, string>> = {}) =>
  readInputs((name) => ({ command: 'diff', check: 'true', 'github-token': 't', ...given })[name] ?? '') as DiffInputs;
const counts = { add: 0, update: 1, replace: 0, delete: 0, import: 0 };
const plan = aPlan({ stacks: [aStack({ changes: [aChange()], counts })], counts });

test.each([
  [false, 'success'],
  [true, 'failure'],
])('a plan that a gate stops (%s) makes the commit’s status a %s', async (stopped, state) => {
  const fakes = fakePorts();
  await checkPlan(plan, stopped, inputs(), aFound(), aContext(fakes));
  expect(fakes.records.commits).toEqual([
    {
      ...{ commit: 'c0ffee', state, context: 'deploy-action / production-webapp-eu-central-1' },
      ...{ description: '1 update in 1 stack', url: 'https://github.com/acme/shop/actions/runs/7' },
    },
  ]);
});

test('a diff that fails makes it an error', async () => {
  const fakes = fakePorts();
  const error = new Error('no synth');
  const run = checkOrError(inputs(), aFound(), aContext(fakes), () => Promise.reject(error));
  await expect(run).rejects.toBe(error);
  expect(fakes.records.commits).toMatchObject([{ state: 'error', description: 'there is no plan: see the log' }]);
});

test.each([{ check: 'false' }, { 'github-token': '' }])('with %j there is none', async (given) => {
  const fakes = fakePorts();
  await checkPlan(plan, false, inputs(given), aFound(), aContext(fakes));
  expect(fakes.tokens).toEqual([]);
});

test('one that cannot be written is a warning with the line to add', async () => {
  const fakes = fakePorts();
  fakes.records.refuse.set('commit', httpError(403, 'Resource not accessible by integration'));
  await checkPlan(plan, false, inputs(), aFound(), aContext(fakes));
  expect(fakes.runner.log('warning')).toContain('add "statuses: write" to the job\'s permissions');
});
