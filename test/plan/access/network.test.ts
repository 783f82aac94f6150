import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contains, isPublic, parseCidr } from '../../../src/plan/access/cidr.js';

describe('parseCidr', () => {
  test.each([
    ['0.0.0.0/0', 4, 0],
    ['10.1.2.3/8', 4, 8],
    ['::/0', 6, 0],
    ['2001:db8::1/32', 6, 32],
    ['1:2:3:4:5:6:7:8/128', 6, 128],
  ])('reads %s', (text, version, prefix) => {
    expect(parseCidr(text)).toMatchObject({ version, prefix });
  });

  test.each([
    '',
    '10.0.0.0',
    '10.0.0.0/33',
    '10.0.0/8',
    '256.0.0.0/8',
    '::/129',
    '1::2::3/64',
    '${Vpc.CidrBlock}',
    '1:2:3/64',
    '::g/64',
    '1.2.3.4/8/8',
  ])('refuses %j', (text) => {
    expect(parseCidr(text)).toBeUndefined();
  });
});

test('a block contains itself and what is in it, and nothing beside', () => {
  fc.assert(
    fc.property(fc.ipV4(), fc.integer({ min: 1, max: 32 }), (address, prefix) => {
      const block = parseCidr(`${address}/${String(prefix)}`)!;
      const wider = parseCidr(`${address}/${String(prefix - 1)}`)!;
      expect(contains(block, block) && contains(wider, block)).toBe(true);
      expect(contains(block, wider)).toBe(false);
      const sibling = { ...block, start: block.start ^ (1n << BigInt(32 - prefix)) };
      expect(contains(block, sibling)).toBe(false);
      expect(contains(wider, sibling)).toBe(true);
    }),
  );
});

test.each([
  ['0.0.0.0/0', true],
  ['128.0.0.0/1', true],
  ['::/0', true],
  ['2000::/3', true],
  ['10.0.0.0/8', false],
  ['192.168.0.0/16', false],
  ['203.0.113.7/32', false],
  ['fc00::/7', false],
])('%s is public: %s', (text, expected) => {
  expect(isPublic(parseCidr(text)!)).toBe(expected);
});
