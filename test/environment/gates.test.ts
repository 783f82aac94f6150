import { describe, expect, test } from 'vitest';
import { parseConfig } from '../../src/environment/config.js';
import { exceptionsOf, gatesOnBase } from '../../src/environment/gates.js';

const [HERE, THERE] = ['111122223333', '444455556666'];
const base = parseConfig(
  `schema: 1
environments:
  prototype:
    account: '${HERE}'
    region: eu-central-1
    gates: [delete]
  production:
    roles: { deploy: 'arn:aws:iam::${THERE}:role/deploy' }
    region: eu-central-1
    gates: [data-loss, access]
    exceptions: { types: ['AWS::SQS::Queue'], ids: [Jobs], label: careful }
  open:
    region: eu-central-1
    gates: [any]
`,
  'deploy.yml',
);
const NONE = { types: [], ids: [] };

describe('gates of the base', () => {
  test.each([
    [
      'its own, with its exceptions',
      'production',
      THERE,
      ['data-loss', 'access'],
      exceptionsOf(base.environments!['production']),
    ],
    ['none of others in other accounts', 'prototype', HERE, ['delete'], NONE],
    ['its own, where it names no account', 'open', THERE, ['any'], NONE],
    ['under another name those of its account', 'renamed', THERE, ['data-loss', 'access'], NONE],
    ['moved to another account both', 'prototype', THERE, ['delete', 'data-loss', 'access'], NONE],
    ['none for what is new in every way', 'fresh', '777788889999', [], NONE],
  ])('%s', (_, environment, account, gates, exceptions) => {
    expect(gatesOnBase(base, { environment, account })).toEqual({ gates, exceptions });
  });

  test('none without environments', () => {
    expect(gatesOnBase(parseConfig('schema: 1', 'deploy.yml'), { environment: 'a', account: HERE })).toEqual({
      gates: [],
      exceptions: NONE,
    });
  });
});
