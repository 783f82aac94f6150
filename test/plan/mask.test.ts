import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makePlan } from '../../src/plan/assemble.js';
import { planStack } from '../../src/plan/compare.js';
import { maskPlan } from '../../src/plan/mask.js';
import type { Plan } from '../../src/plan/model.js';
import type { Template } from '../../src/plan/template.js';
import { inputOf, resources } from './golden/case.js';
import { PARTS } from './parts.js';

/** Milliseconds; `npm run soak` takes twenty times as many runs. */
const LONG = 300_000;

function planOf(after: Template, text?: string, before: Template = resources({})): Plan {
  return makePlan({
    ...PARTS,
    stacks: [planStack(inputOf({ before, after, input: text === undefined ? {} : { text } }))],
  });
}

const fn = (Variables: object): Template =>
  resources({ Fn: ['AWS::Lambda::Function', { Environment: { Variables } }] });

test.each([
  ['a name that tells', fn({ DB_PASSWORD: 'hunter2hunter2' }), 'hunter2hunter2'],
  ['a token of GitHub', fn({ X: `ghp_${'a'.repeat(36)}` }), `ghp_${'a'.repeat(36)}`],
  ['a password in a URL', fn({ URL: 'postgres://user:s3cr3tpass@host/db' }), 's3cr3tpass'],
  [
    'a private key',
    fn({ X: '-----BEGIN RSA PRIVATE KEY-----\nMIIEabcdefgh\n-----END RSA PRIVATE KEY-----' }),
    'MIIEabcdefgh',
  ],
  [
    'the value beside a name',
    resources({ T: ['AWS::ECS::TaskDefinition', { E: [{ Name: 'API_KEY', Value: 'abcd1234' }] }] }),
    'abcd1234',
  ],
  [
    'a default with NoEcho',
    { ...resources({}), Parameters: { Any: { Type: 'String', NoEcho: true, Default: 'topsecret' } } },
    'topsecret',
  ],
  [
    'a default of a parameter that tells',
    { ...resources({}), Parameters: { DbPassword: { Type: 'String', Default: 'topsecret' } } },
    'topsecret',
  ],
])('%s is masked in the values and in the text', (_, after, secret) => {
  const masked = JSON.stringify(maskPlan(planOf(after, `[+] ${secret} end`), []));
  expect(masked).not.toContain(JSON.stringify(secret).slice(1, -1));
  expect(masked).toContain('***');
});

test('a known secret is masked wherever it stands', () => {
  const secret = 'correct"horse\nbattery';
  const plan = {
    ...planOf(fn({ A: `x ${secret} y` }), `a ${secret} b`),
    findings: [{ check: 'c', severity: 'info' as const, message: secret }],
  };
  expect(JSON.stringify(maskPlan(plan, [secret]))).not.toContain('battery');
});

test.each([
  ['a reference', fn({ DB_PASSWORD: { Ref: 'Secret' } }), '{"Ref":"Secret"}'],
  ['a dynamic reference', fn({ DB_PASSWORD: '{{resolve:secretsmanager:db}}' }), '{{resolve:secretsmanager:db}}'],
  ['an ARN', fn({ ClientSecret: 'arn:aws:secretsmanager:x' }), 'arn:aws:secretsmanager:x'],
  ['a name of a secret', fn({ SECRET_NAME: 'db/main' }), 'db/main'],
])('%s stays', (_, after, text) => {
  expect(JSON.stringify(maskPlan(planOf(after), []))).toContain(
    JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"'),
  );
});

test('what was altered by hand is masked as the change itself', () => {
  const stack = planOf(fn({ TOKEN: 'second-value', URL: 'a' }), undefined, fn({ TOKEN: 'first-value', URL: 'b' }))
    .stacks[0]!;
  const drift = [
    { path: 'Environment.Variables.TOKEN', expected: 'first-value', actual: 'third-value' },
    { path: 'Environment.Variables.URL', actual: 'https://u:s3cr3tpass@host and third-value' },
    { path: '' },
  ];
  const stacks = [{ ...stack, changes: [{ ...stack.changes[0]!, drift }] }];
  expect(maskPlan(makePlan({ ...PARTS, stacks }), []).stacks[0]?.changes[0]?.drift).toEqual([
    { path: 'Environment.Variables.TOKEN', expected: '***', actual: '***' },
    { path: 'Environment.Variables.URL', actual: 'https://u:***@host and ***' },
    { path: '' },
  ]);
});

test('what changes from one secret to another shows as a change', () => {
  const masked = maskPlan(planOf(fn({ TOKEN: 'second-value' }), undefined, fn({ TOKEN: 'first-value' })), []);
  expect(masked.stacks[0]?.changes[0]?.properties[0]).toMatchObject({ before: '***', after: '***' });
});

test(
  'no secret survives in any place',
  () => {
    fc.assert(
      fc.property(fc.string({ minLength: 6 }), fc.jsonValue(), (secret, other) => {
        fc.pre(!/^[\s*]*$/.test(secret) && !JSON.stringify(PARTS).includes(secret));
        const after = resources({ It: ['Custom::It', { A: secret, B: [{ C: `<${secret}>` }], D: other }] });
        const [stack] = maskPlan(planOf(after, secret), [secret]).stacks;
        const values: string[] = [stack?.text ?? ''];
        JSON.stringify(
          stack?.changes.map(({ properties }) => properties.map(({ after: value }) => value)),
          (_, value: unknown) => {
            if (typeof value === 'string') values.push(value);
            return value;
          },
        );
        for (const value of values) expect(value.includes(secret)).toBe(false);
      }),
    );
  },
  LONG,
);

test('what is known to be secret is masked in the context, keys stay', () => {
  const context = {
    base: 'c0ffee',
    changes: [
      { key: 'hunter2-key', before: ['a hunter2-key b', { x: 'hunter2-key' }], after: `ghp_${'a'.repeat(36)}` },
    ],
    note: 'about hunter2-key',
  };
  const masked = maskPlan({ ...planOf(fn({})), context }, ['hunter2-key']);
  expect(masked.context).toEqual({
    base: 'c0ffee',
    changes: [{ key: 'hunter2-key', before: ['a *** b', { x: '***' }], after: '***' }],
    note: 'about ***',
  });
  expect(maskPlan(planOf(fn({})), [])).not.toHaveProperty('context');
});
