import { expect, test } from 'vitest';
import { changeSetName, isOurs } from '../../../src/plan/change-set/name.js';

test.each([
  [{ run: '1234567890', attempt: '2', random: 'a1b2c3d4' }, 'deploy-action-1234567890-2-a1b2c3d4'],
  [{ run: '', attempt: '', random: 'a1b2c3d4' }, 'deploy-action-a1b2c3d4'],
  [{ run: '7; rm', attempt: '1', random: 'ab' }, 'deploy-action-7rm-1-ab'],
])('%j', (of, name) => {
  expect(changeSetName(of)).toBe(name);
  expect(isOurs(name)).toBe(true);
});

test('it is a name for CloudFormation: a letter, then letters, digits and hyphens, at most 128', () => {
  const name = changeSetName({ run: '9'.repeat(200), attempt: '1', random: 'ab' });
  expect(name).toMatch(/^[a-zA-Z][-a-zA-Z0-9]{0,127}$/);
});

test.each(['cdk-deploy-change-set', 'my-deploy-action-1', ''])('%j is somebody else’s', (name) => {
  expect(isOurs(name)).toBe(false);
});
