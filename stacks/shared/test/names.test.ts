import { expect, test } from 'vitest';
import type { PlatformContext } from '../lib/context-schema.js';
import { Names } from '../lib/names.js';

const context: PlatformContext = {
  'deployment:organization': 'acme-corp',
  'deployment:account': '111122223333',
  'deployment:region': 'us-west-2',
  'deployment:environment': 'production',
  'deployment:version': 'v1',
};

test.each<[Partial<PlatformContext>, string]>([
  [{}, 'acme-corp-production-userpool'],
  [{ 'deployment:name': 'shop' }, 'acme-corp-shop-userpool'],
  [{ 'deployment:name': 'shop', 'deployment:alias': 'the shop' }, 'acme-corp-shop-userpool'],
])('%j names a resource %s', (more, expected) => {
  expect(Names.of({ ...context, ...more }).of('userpool')).toBe(expected);
});
