import { expect, test } from 'vitest';
import type { PlatformContext } from '../lib/context-schema.js';
import { hierarchyTags } from '../lib/tags.js';

const context: PlatformContext = {
  'deployment:organization': 'acme-corp',
  'deployment:account': '111122223333',
  'deployment:region': 'us-west-2',
  'deployment:environment': 'production',
  'deployment:version': 'v1',
};

test('tags show the hierarchy from the synthesizer down', () => {
  const tags = hierarchyTags({
    ...context,
    'deployment:synthesizer:name': 'prod',
    'deployment:team:name': 'platform-team',
    'deployment:contributor:name': 'alice@acme-corp.com',
    'deployment:release': 'webapp',
  });
  expect(Object.entries(tags)).toEqual([
    ['fastish:synthesizer', 'prod'],
    ['fastish:organization', 'acme-corp'],
    ['fastish:team', 'platform-team'],
    ['fastish:contributor', 'alice@acme-corp.com'],
    ['fastish:release', 'webapp'],
    ['fastish:environment', 'production'],
    ['fastish:version', 'v1'],
  ]);
});

test('a level that nobody named is left out, and the context adds its own tags', () => {
  expect(hierarchyTags({ ...context, 'platform:name': 'main', 'deployment:tags': { 'cost-center': '42' } })).toEqual({
    'cost-center': '42',
    'fastish:synthesizer': 'main',
    'fastish:organization': 'acme-corp',
    'fastish:environment': 'production',
    'fastish:version': 'v1',
  });
});

test('the context cannot change a level', () => {
  expect(hierarchyTags({ ...context, 'deployment:tags': { 'fastish:version': 'v9' } })['fastish:version']).toBe('v1');
});
