import { expect, test } from 'vitest';
import { changeTree } from '../../src/report/tree.js';
import { aChange, RISKY_STACK } from './fixtures.js';

test('shows changes by construct path with the values that differ', () => {
  expect(`\n${changeTree(RISKY_STACK.changes)}\n`).toMatchInlineSnapshot(`
    "
      webapp
    ~   Api/Handler/ServiceRole/DefaultPolicy/Resource AWS::IAM::Policy (update, risk: access)
            PolicyDocument.Statement.0.Action: ["dynamodb:GetItem","dynamodb:Query"] → dynamodb:*
    !   Database/Table/Resource AWS::DynamoDB::Table (replace, risk: data loss) at lib/database.ts:14
            KeySchema.0.AttributeName: id → orderId (forces replacement)
            UpdateReplacePolicy: Retain → Delete
    +   Jobs/Resource AWS::SQS::Queue (add)
    "
  `);
});

test('says what was altered by hand', () => {
  const drift = [{ path: 'Timeout', expected: 3, actual: 9 }, { path: '' }];
  expect(changeTree([aChange({ path: 'a', drift, noise: 'asset-hash' })]).split('\n')).toEqual([
    '~ a AWS::Lambda::Function (update)',
    '      altered by hand: Timeout is 9 now',
    '      altered by hand: this overwrites it',
  ]);
});

test('lists what is folded only when asked to', () => {
  expect(changeTree([aChange({ noise: 'asset-hash' })])).toBe('');
  expect(changeTree([aChange({ noise: 'asset-hash' })], true)).toBe(
    '  folded: webapp/Api/Handler/Resource  AWS::Lambda::Function  (asset hash)',
  );
});

test('keeps a change on an inner node of the tree, and two on one', () => {
  const changes = [
    aChange({ path: 'a' }),
    aChange({ path: 'a/b', action: 'delete' }),
    aChange({ path: 'a', subject: 'tag' }),
  ];
  expect(changeTree(changes).split('\n')).toEqual([
    '~ a AWS::Lambda::Function (update)',
    '~ a AWS::Lambda::Function (update)',
    '-   b AWS::Lambda::Function (delete, risk: update)',
  ]);
});

test('goes no deeper than ten levels', () => {
  const deep = Array.from({ length: 5_000 }, (_, index) => `level${index}`);
  const lines = changeTree([aChange({ path: deep.join('/') }), aChange({ path: `${deep.slice(0, 20).join('/')}/x` })]);
  expect(lines.split('\n')).toHaveLength(3);
});

test.each([
  ['conditionally', 'direct', 'A: (none) → b (may force replacement)'],
  ['never', 'parameter', 'A: (none) → b (through a parameter)'],
  ['always', 'reference', 'A: (none) → b (forces replacement, through a reference)'],
] as const)('a property replaced %s by a %s', (replacement, cause, expected) => {
  const change = aChange({ properties: [{ path: 'A', after: 'b', replacement, cause }] });
  expect(changeTree([change]).split('\n')[1]?.trim()).toBe(expected);
});
