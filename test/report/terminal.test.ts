import { expect, test } from 'vitest';
import { deploymentLines, planLines } from '../../src/report/terminal.js';
import { aChange, anOutcome, aPlan, aStack, RISKY_STACK } from './fixtures.js';

test('a plan in the log', () => {
  expect(planLines(aPlan({ stacks: [RISKY_STACK, aStack({ id: 'other' })] })).join('\n')).toMatchInlineSnapshot(`
    "data loss: replace webapp/Database/Table/Resource (AWS::DynamoDB::Table) in webapp: the table is created anew and its items are lost
    access: update webapp/Api/Handler/ServiceRole/DefaultPolicy/Resource (AWS::IAM::Policy) in webapp: allows dynamodb:* on *
    webapp: 1 to add, 1 to update, 1 to replace (risk: data loss)
    1 asset hash folded"
  `);
});

test('a plan without changes in the log', () => {
  expect(planLines(aPlan({ stacks: [aStack(), aStack({ changes: [aChange({ noise: 'order' })] })] }))).toEqual([
    'no changes in 2 stacks',
    '1 change of order folded',
  ]);
});

test('many risks are counted', () => {
  const changes = Array.from({ length: 30 }, () => aChange({ risk: 'access' }));
  const lines = planLines(aPlan({ stacks: [aStack({ changes })] }));
  expect(lines).toHaveLength(22);
  expect(lines[20]).toBe('and 10 more of what could hurt');
});

test('a name is no command to the runner', () => {
  const stack = aStack({ id: '::error::\n::add-mask::x', changes: [aChange()] });
  expect(planLines(aPlan({ stacks: [stack] }))).toEqual([': :error:: ::add-mask::x: changes (risk: none)']);
});

test('a deployment in the log', () => {
  const failure = { logicalId: 'Db', type: 'AWS::RDS::DBInstance', reason: 'no such\nsubnet', path: 'webapp/Db' };
  expect(deploymentLines([anOutcome(), anOutcome({ id: 'db', result: 'failed', failure })])).toEqual([
    'webapp: updated in 1 min 15 s',
    'db: failed in 1 min 15 s: webapp/Db (AWS::RDS::DBInstance): no such subnet',
  ]);
});
