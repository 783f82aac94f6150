import { describe, expect, test } from 'vitest';
import {
  exportsOf,
  importsOf,
  isEmpty,
  isNotPrepared,
  notPrepared,
  whyNot,
} from '../../../src/plan/change-set/preparing.js';

const template = { Resources: { Queue: { Type: 'AWS::SQS::Queue' } } };

describe('whyNot', () => {
  test.each([
    [{ template, missing: [] }, undefined],
    [{ template, status: 'REVIEW_IN_PROGRESS', missing: [] }, undefined],
    [{ template, status: 'UPDATE_ROLLBACK_COMPLETE', missing: [] }, undefined],
    [{ template: { Resources: {} }, missing: [] }, /holds no resource/],
    [{ template: {}, status: 'CREATE_COMPLETE', missing: [] }, /holds no resource/],
    [{ template, status: 'ROLLBACK_COMPLETE', missing: [] }, /it is ROLLBACK_COMPLETE, and is deleted/],
    [{ template, status: 'ROLLBACK_FAILED', missing: [] }, /it is ROLLBACK_FAILED, and is deleted/],
    [{ template, status: 'UPDATE_IN_PROGRESS', missing: [] }, /an operation goes on \(UPDATE_IN_PROGRESS\)/],
    [{ template, missing: ['vpc', 'zone'] }, /it imports vpc, zone, which another stack has yet to export/],
  ])('%j', (given, why) => {
    if (why === undefined) expect(whyNot(given)).toBeUndefined();
    else expect(whyNot(given)).toMatch(why);
  });
});

test('imports and exports are those that are named', () => {
  const names = { a: [{ 'Fn::ImportValue': 'vpc' }], b: { 'Fn::ImportValue': { 'Fn::Sub': '${x}' } } };
  expect(importsOf({ Resources: { R: { Properties: { ...names, c: { 'Fn::ImportValue': 'vpc' } } } } })).toEqual([
    'vpc',
  ]);
  const Outputs = { A: { Value: 1, Export: { Name: 'vpc' } }, B: { Value: 1 }, C: { Export: { Name: { Ref: 'x' } } } };
  expect(exportsOf({ Outputs })).toEqual(['vpc']);
  expect([importsOf({}), exportsOf({})]).toEqual([[], []]);
});

test.each([
  ['FAILED', "The submitted information didn't contain changes. Submit different information.", true],
  ['FAILED', 'No updates are to be performed.', true],
  ['FAILED', 'Resource name conflict', false],
  ['CREATE_COMPLETE', undefined, false],
])('%s because of %j: nothing to do: %s', (status, reason, empty) => {
  expect(isEmpty({ status, ...(reason === undefined ? {} : { reason }) })).toBe(empty);
});

test('a note is known again', () => {
  expect(isNotPrepared(notPrepared('it imports vpc'))).toBe(true);
  expect(isNotPrepared('read from the parameter store only when deploying: a')).toBe(false);
});
