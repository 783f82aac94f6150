import { expect, test } from 'vitest';
import { checkVersion, PINNED_CLI } from '../../src/cdk/version.js';
import { ActionError } from '../../src/errors.js';

test.each(['', '2.0.0', '2.1148.1', PINNED_CLI])('%j is a version', (version) => {
  expect(checkVersion(version)).toBe(version);
});

test.each(['^2.1.0', '2.x', '2', '2.1148', '~2.1.0', '>=2.1.0', '2.1.0-rc.1', '1.204.0', 'next', ' 2.1.0', '2.1.0\n'])(
  '%j is none',
  (version) => {
    expect(() => checkVersion(version)).toThrow(
      new ActionError('input', `cdk-version '${version}' is not a whole version of the CDK 2 such as ${PINNED_CLI}`),
    );
  },
);

test.each(['latest', '3.0.0', '3.1.0'])('%j is the trap', (version) => {
  expect(() => checkVersion(version)).toThrow(
    new ActionError(
      'input',
      `cdk-version '${version}' is not a whole version of the CDK 2 such as ${PINNED_CLI}: 3.0.0, which is tagged ` +
        `latest, is a release by accident`,
    ),
  );
});
