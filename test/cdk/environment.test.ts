import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { childEnvironment, refusedNames } from '../../src/cdk/environment.js';

const ALWAYS = { CDK_DISABLE_VERSION_CHECK: '1', CDK_DISABLE_CLI_TELEMETRY: 'true' };
const NOTHING = { pass: [], ambientCredentials: false, set: {} };

/** The runner's channels, and the beginnings of the names of its other secrets. */
const CHANNELS = ['TOKEN', 'ENV', 'PATH', 'OUTPUT', 'STATE', 'STEP_SUMMARY', 'EVENT_PATH'].map(
  (end) => `GITHUB_${end}`,
);
const FAMILIES = ['INPUT_', 'ACTIONS_', 'STATE_'];
const isChannel = (name: string): boolean =>
  CHANNELS.includes(name.toUpperCase()) || FAMILIES.some((start) => name.toUpperCase().startsWith(start));

const CREDENTIALS = [
  ...['ACCESS_KEY_ID', 'SECRET_ACCESS_KEY', 'SESSION_TOKEN', 'SECURITY_TOKEN', 'PROFILE', 'DEFAULT_PROFILE'],
  ...['CONFIG_FILE', 'SHARED_CREDENTIALS_FILE', 'ROLE_ARN', 'ROLE_SESSION_NAME', 'WEB_IDENTITY_TOKEN_FILE'],
  ...['CONTAINER_CREDENTIALS_FULL_URI', 'CONTAINER_AUTHORIZATION_TOKEN', 'CREDENTIAL_EXPIRATION'],
].map((end) => `AWS_${end}`);

const anyCase = (name: string) => fc.mixedCase(fc.constant(name), { toggleCase: (letter) => letter.toLowerCase() });

const names = fc.oneof(
  fc.constantFrom(...CHANNELS).chain(anyCase),
  fc.tuple(fc.constantFrom(...FAMILIES).chain(anyCase), fc.stringMatching(/^\w{0,9}$/)).map((parts) => parts.join('')),
  fc.constantFrom(...CREDENTIALS),
  fc.constantFrom('PATH', 'HOME', 'MINE', 'AWS_REGION', 'NODE_AUTH_TOKEN', 'LC_ALL', 'GITHUB_SHA', '__proto__'),
  fc.stringMatching(/^\w{1,12}$/),
);
const parents = fc.dictionary(names, fc.string());

describe('childEnvironment', () => {
  test('a channel of the runner never passes, whatever is asked', () => {
    fc.assert(
      fc.property(parents, fc.array(names), fc.boolean(), (parent, asked, ambientCredentials) => {
        const pass = [...asked, ...Object.keys(parent)];
        const child = childEnvironment(parent, { pass, ambientCredentials, set: {} });
        expect(Object.keys(child).filter(isChannel)).toEqual([]);
      }),
    );
  });

  test('what passes has its own value, and what was asked for passes', () => {
    fc.assert(
      fc.property(parents, fc.boolean(), (parent, ambientCredentials) => {
        const child = childEnvironment(parent, { pass: Object.keys(parent), ambientCredentials, set: {} });
        for (const [name, value] of Object.entries(parent)) {
          const refused = isChannel(name) || (!ambientCredentials && CREDENTIALS.includes(name.toUpperCase()));
          const overwritten = Object.hasOwn(ALWAYS, name);
          if (!overwritten)
            expect(Object.hasOwn(child, name) ? child[name] : undefined).toBe(refused ? undefined : value);
        }
      }),
    );
  });

  test('what nobody knows or asked for does not pass', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^X\w{1,12}$/).filter((name) => !name.startsWith('XDG_')),
        (name) => {
          expect(childEnvironment({ [name]: 'x' }, NOTHING)).toEqual(ALWAYS);
        },
      ),
    );
  });

  test.each(CREDENTIALS)('%s passes only when it is the way in', (name) => {
    const parent = { [name]: 'x' };
    expect(childEnvironment(parent, { ...NOTHING, pass: [name] })).toEqual(ALWAYS);
    expect(childEnvironment(parent, { ...NOTHING, ambientCredentials: true })).toEqual({ ...ALWAYS, ...parent });
  });

  test.each([
    ...['PATH', 'Path', 'HOME', 'JAVA_HOME', 'JAVA_HOME_21_X64', 'LC_ALL', 'https_proxy', 'NODE_OPTIONS', 'CI'],
    ...['GITHUB_SHA', 'GITHUB_REPOSITORY', 'RUNNER_TEMP', 'RUNNER_TOOL_CACHE', 'VIRTUAL_ENV', 'MAVEN_OPTS'],
    ...['AWS_REGION', 'AWS_DEFAULT_REGION', 'AWS_ENDPOINT_URL', 'AWS_ENDPOINT_URL_S3', 'AWS_CA_BUNDLE'],
  ])('%s passes', (name) => {
    expect(childEnvironment({ [name]: 'x' }, NOTHING)).toEqual({ ...ALWAYS, [name]: 'x' });
  });

  test.each(['NPM_TOKEN', 'NODE_AUTH_TOKEN', 'GH_TOKEN', 'MY_SECRET', 'AWS_SOMETHING', 'RUNNER_TRACKING_ID'])(
    '%s does not',
    (name) => {
      expect(childEnvironment({ [name]: 'x' }, NOTHING)).toEqual(ALWAYS);
    },
  );

  test('what is set wins, and what has no value is left out', () => {
    const parent = { AWS_REGION: 'us-east-1', MINE: 'old', HOME: undefined };
    expect(
      childEnvironment(parent, { ...NOTHING, pass: ['MINE', 'NONE'], set: { AWS_REGION: 'eu-west-1', MINE: 'new' } }),
    ).toEqual({ ...ALWAYS, AWS_REGION: 'eu-west-1', MINE: 'new' });
  });
});

test('refusedNames', () => {
  expect(refusedNames(['HOME', 'GITHUB_TOKEN', 'input_role', 'ACTIONS_RUNTIME_TOKEN', 'MY_GITHUB_TOKEN'])).toEqual([
    'GITHUB_TOKEN',
    'input_role',
    'ACTIONS_RUNTIME_TOKEN',
  ]);
});
