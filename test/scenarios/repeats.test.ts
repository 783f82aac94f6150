import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import type { Assembly } from '../../src/cdk/assembly/model.js';
import { disagreements } from '../../src/plan/agreement.js';
import { ACCOUNT, makeConsumer, REGION } from './consumer.js';
import { API_KEY, makeRelay, writeSettings } from './relay.js';
import { planned, synthesised, type Circumstances } from './repeats.js';

const REPEATS = 200;
const seed = Number(process.env['SEED'] ?? Date.now() % 2 ** 31);
const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'repeats-')));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function relay(name: string, retentionDays: number): Promise<Assembly> {
  const workspace = makeRelay(path.join(folder, name));
  writeSettings(workspace, { retentionDays, deadLetters: retentionDays > 4 });
  const context = {
    organization: 'acme-corp',
    name: 'prototype',
    environment: 'prototype',
    version: 'v1',
    apiKey: API_KEY,
  };
  const all = { ...context, account: ACCOUNT, region: REGION };
  return synthesised(
    path.join(workspace, 'relay'),
    fromEntries(Object.entries(all).map(([key, value]) => [`relay:${key}`, value])),
  );
}

async function webapp(name: string, version: string): Promise<Assembly> {
  const workspace = makeConsumer(path.join(folder, name));
  const context = {
    organization: 'acme-corp',
    environment: 'prototype',
    domain: 'prototype.acme-corp.example',
    version,
  };
  const all = { ...context, account: ACCOUNT, region: REGION };
  return synthesised(
    path.join(workspace, 'stacks/webapp'),
    fromEntries(Object.entries(all).map(([key, value]) => [`deployment:${key}`, value])),
  );
}

const fromEntries = (entries: readonly (readonly [string, string])[]): Record<string, string> =>
  Object.fromEntries(entries);

const hex = fc.string({ unit: fc.constantFrom(...Array.from('0123456789abcdef')), minLength: 40, maxLength: 40 });
const circumstances: fc.Arbitrary<Circumstances> = fc
  .record({
    commit: hex,
    ref: fc.constantFrom('refs/heads/main', 'refs/pull/12/merge', 'refs/tags/v10.0.0'),
    run: fc.integer({ min: 10_000_000, max: 99_999_999_999 }),
    release: fc.tuple(fc.nat(20), fc.nat(20), fc.nat(20)).map((parts) => `v${parts.join('.')}`),
    at: fc.date({ min: new Date('2026-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }),
    order: fc.array(fc.nat(1_000), { minLength: 7, maxLength: 7 }),
  })
  .map(({ commit, ref, run, release, at, order }) => ({
    createdAt: at.toISOString(),
    source: {
      ...{ repository: 'acme-corp/webapp', commit, ref, releaseVersion: release },
      runUrl: `https://github.com/acme-corp/webapp/actions/runs/${String(run)}`,
    },
    shuffled: (list) =>
      list
        .map((item, index) => ({ item, key: ((order[index % 7] ?? 0) * (index + 1)) % 997 }))
        .sort((left, right) => left.key - right.key)
        .map(({ item }) => item),
  }));

test(`${String(REPEATS)} honest repeats: none is refused (seed ${String(seed)})`, async () => {
  // The first is what is deployed; the others are one state of the app, synthesised in other places.
  const [relays, webapps] = await Promise.all([
    (async () => [await relay('a', 4), await relay('b/deeper', 9), await relay('c', 9)] as const)(),
    (async () => [await webapp('d', 'v1'), await webapp('e/far/away', 'v2'), await webapp('f', 'v2')] as const)(),
  ]);
  let compared = 0;
  fc.assert(
    fc.property(fc.constantFrom(relays, webapps), circumstances, circumstances, ([old, once, again], then, now) => {
      const [reviewed, planNow] = [planned(old, once, then), planned(old, again, now)];
      expect(reviewed.hasChanges).toBe(true);
      expect(disagreements(reviewed, planNow, 'plan-and-assets')).toEqual([]);
      compared += 1;
    }),
    { numRuns: REPEATS, seed, endOnFailure: true },
  );
  expect(compared).toBe(REPEATS);

  // The same comparison does refuse: another version of the app is no repeat.
  const [any] = fc.sample(circumstances, { numRuns: 1, seed });
  for (const [old, once] of [relays, webapps]) {
    expect(disagreements(planned(old, once, any!), planned(old, old, any!), 'plan')).not.toEqual([]);
  }
});
