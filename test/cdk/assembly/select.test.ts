import { describe, expect, test } from 'vitest';
import type { Assembly } from '../../../src/cdk/assembly/model.js';
import { readAssembly } from '../../../src/cdk/assembly/read.js';
import { selectorOf, selectStacks } from '../../../src/cdk/assembly/select.js';
import { ActionError } from '../../../src/errors.js';
import { folderWith, manifest, stack, stage } from './make.js';

function assembly(): Assembly {
  const one = (displayName: string, stackName?: string, dependencies: string[] = []) =>
    stack('t.json', stackName === undefined ? {} : { stackName }, { displayName, dependencies });
  return readAssembly(
    folderWith({
      'manifest.json': manifest({
        web: one('web', 'fff-web', ['data']),
        data: one('data'),
        'eks.v1': one('eks.v1', 'fff-eks'),
        'assembly-Prod': stage('prod'),
      }),
      't.json': {},
      'prod/manifest.json': manifest({ ProdApi: one('Prod/Api', 'Prod-Api') }),
      'prod/t.json': {},
    }),
  );
}

const selected = (...patterns: string[]): string[] => selectStacks(assembly(), patterns).map(selectorOf);

describe('selectStacks', () => {
  test.each([
    [[], ['data', 'eks.v1', 'Prod/Api', 'web']],
    [['web'], ['web']],
    [
      ['web', 'data'],
      ['data', 'web'],
    ],
    [['eks.v1'], ['eks.v1']],
    [['fff-eks'], ['eks.v1']],
    [['ProdApi'], ['Prod/Api']],
    [['Prod-Api'], ['Prod/Api']],
    [['Prod/Api'], ['Prod/Api']],
    [['Prod/*'], ['Prod/Api']],
    [['*'], ['data', 'eks.v1', 'web']],
    [['**'], ['data', 'eks.v1', 'Prod/Api', 'web']],
    [['{web,eks*}'], ['eks.v1', 'web']],
    [['!web'], ['data', 'eks.v1', 'Prod/Api']],
    [
      ['*', '!web'],
      ['data', 'eks.v1'],
    ],
  ])('%j is %j', (patterns, expected) => {
    expect(selected(...patterns)).toEqual(expected);
  });

  test.each([
    [['Web'], "stacks 'Web' selects nothing: the app has data, eks.v1, Prod/Api, web"],
    [['web', 'none*'], "stacks 'none*' selects nothing: the app has data, eks.v1, Prod/Api, web"],
    [['fff*'], "stacks 'fff*' selects nothing: the app has data, eks.v1, Prod/Api, web"],
    [['web', '!web'], "stacks 'web !web' selects nothing: the app has data, eks.v1, Prod/Api, web"],
  ])('%j', (patterns, message) => {
    expect(() => selected(...patterns)).toThrow(new ActionError('resolution', message));
  });

  test('an app without stacks', () => {
    const empty = readAssembly(folderWith({ 'manifest.json': manifest({}) }));
    expect(() => selectStacks(empty, [])).toThrow('the assembly holds no stack: does the app make one?');
  });
});

test.each([
  ['web', 'web'],
  ['web (fff-web)', 'web'],
  ['Prod/Api (Prod-Api)', 'Prod/Api'],
  ['odd (one) two', 'odd (one) two'],
])('the selector of %j is %j', (displayName, expected) => {
  expect(selectorOf({ displayName })).toBe(expected);
});
