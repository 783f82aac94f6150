import { describe, expect, test } from 'vitest';
import { describeContext, looksSecret, secretValues } from '../../src/template/secret.js';

// Put together here, so that no scanner takes this file for a leak.
const GITHUB = `ghp_${'a1B2'.repeat(9)}`;
const GRAFANA = `glc_${'eyJvIjoi'.repeat(4)}`;
const PEM = ['-----BEGIN RSA', 'PRIVATE KEY-----\nMIIEfirstline\nMIIEsecond\n-----END RSA', 'PRIVATE KEY-----\n'].join(
  ' ',
);
const JWT = ['eyJhbGciOiJIUzI1NiJ9', 'eyJzdWIiOiIxIn0', 'c2lnbmF0dXJl'].join('.');

describe('secret', () => {
  test.each<[string, unknown]>([
    ['deployment:eks:grafana:key', 'abcdefgh1234'],
    ['dbPassword', 'hunter2'],
    ['db_password', 'hunter2'],
    ['DB-PASSWORD', 'hunter2'],
    ['deployment/api.token', 'x'],
    ['pwd', 12345678],
    ['clientSecret', 'https://example.com/hook'],
    ['apiKey', 'abcdefgh1234'],
    ['apikeys', 'x'],
    ['credentials', 'user:word'],
    ['private', 'abcdefgh1234'],
    ['note', ['AKIA', 'IOSFODNN7EXAMPLE'].join('')],
    ['note', ['wJalrXUtnFEMI/K7MDENG', 'bPxRfiCYEXAMPLEKEY'].join('/')],
    ['note', GITHUB],
    ['note', `use ${GRAFANA} here`],
    ['note', ['xoxb', '1234567890abcdef'].join('-')],
    ['note', PEM],
    ['note', JWT],
    ['database', 'postgres://admin:hunter2@db/main'],
    ['hook', 'https://hooks.slack.com/services/T0/B0/x'],
  ])('%s: %j', (key, value) => {
    expect(looksSecret(key, value)).toBe(true);
  });
});

describe('no secret', () => {
  test.each<[string, unknown]>([
    ['deployment:id', 'fff'],
    ['deployment:account', '000123456789'],
    ['secretName', 'acme/db'],
    ['secret', 'arn:aws:secretsmanager:eu-west-1:000123456789:secret:x'],
    ['password', '{{resolve:secretsmanager:x}}'],
    ['tokenUrl', 'https://example.com/token'],
    ['passwordPolicy', 'strict'],
    ['passwordMinLength', 12],
    ['maxTokens', 4096],
    ['partitionKey', 'customer_id'],
    ['publicKey', 'ssh-ed25519 AAAA'],
    ['key', 'id'],
    ['keyName', 'deployment-key'],
    ['private', true],
    ['secret', null],
    ['token', ''],
    ['commit', 'da39a3ee5e6b4b0d3255bfef95601890afd80709'],
    ['certificate', '-----BEGIN CERTIFICATE-----\nMIIE\n-----END CERTIFICATE-----'],
    ['url', 'https://example.com:8443/a@b'],
    ['monkey', 'banana-banana'],
  ])('%s: %j', (key, value) => {
    expect(looksSecret(key, value)).toBe(false);
  });
});

const CONTEXT = {
  'deployment:id': 'fff',
  'deployment:eks:grafana': { instanceId: '1', key: 'grafana-key-1', secret: 'say "cheese"', lokiHost: 'loki' },
  secrets: {
    mail: 'letter',
    list: ['first', 'second'],
    name: 'acme/mail',
    pin: 4711,
    short: 'ab',
    deep: { it: 'deeper' },
  },
  plain: ['a', GITHUB],
  certificateKey: PEM,
};

test('each key is one line of the log, secrets hidden', () => {
  expect(describeContext(CONTEXT)).toStrictEqual([
    'deployment:id: "fff"',
    'deployment:eks:grafana: {"instanceId":"1","key":"***","secret":"***","lokiHost":"loki"}',
    'secrets: {"mail":"***","list":["***","***"],"name":"acme/mail","pin":"***","short":"***","deep":{"it":"***"}}',
    'plain: ["a","***"]',
    'certificateKey: "***"',
  ]);
});

test('a long value is cut after its secrets are hidden', () => {
  const [line = ''] = describeContext({ long: ['a'.repeat(80), GITHUB, 'b'.repeat(80)] });
  expect(line).toBe(`long: ["${'a'.repeat(80)}","***","${'b'.repeat(8)}…`);
});

test.each(['::error::x', 'a\nb', ' ::set-output', '##[error]'])('the key %j is no workflow command', (key) => {
  const [line = ''] = describeContext({ [key]: 'a\nb' });
  expect(line).toBe(`${JSON.stringify(key)}: "a\\nb"`);
});

test('the runner is told every secret, in the forms in which it can come up', () => {
  const values = secretValues(CONTEXT);
  expect(new Set(values)).toStrictEqual(
    new Set([
      ...['grafana-key-1', 'say "cheese"', 'say \\"cheese\\"', 'letter', 'first', 'second', '4711', 'deeper', GITHUB],
      ...[PEM, JSON.stringify(PEM).slice(1, -1), 'MIIEfirstline', 'MIIEsecond'],
    ]),
  );
  expect(values.map((value) => value.length)).toStrictEqual(values.map((value) => value.length).sort((a, b) => b - a));
});

test('no secret is in what is logged', () => {
  const log = describeContext(CONTEXT).join('\n');
  for (const value of secretValues(CONTEXT)) expect(log).not.toContain(value);
});
