import { ActionError } from '../errors.js';

/**
 * The CLI for projects that bring none, and for given assemblies. Never `latest`: `aws-cdk@3.0.0`, an accidental
 * release, sits on that tag and reads no current assembly (aws/aws-cdk#38113).
 */
export const PINNED_CLI = '2.1148.1';

/**
 * A version of the CLI that a user asks for; empty when none is.
 * @throws ActionError `input` for anything but a whole version of the CDK 2
 */
export function checkVersion(version: string): string {
  if (version === '' || /^2\.\d+\.\d+$/.test(version)) return version;
  const accident = version === 'latest' || version.startsWith('3.');
  throw new ActionError(
    'input',
    `cdk-version '${version}' is not a whole version of the CDK 2 such as ${PINNED_CLI}` +
      (accident ? ': 3.0.0, which is tagged latest, is a release by accident' : ''),
  );
}
