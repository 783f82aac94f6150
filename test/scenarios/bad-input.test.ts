import { cpSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { unpack } from '../../src/cdk/assembly/archive.js';
import { runAction, type ActionRun } from '../emulators/runner/action.js';
import { pullRequest } from '../emulators/runner/events.js';
import { makeMachine } from '../emulators/runner/machine.js';
import { startWorld, type World } from '../emulators/world.js';
import { ASSEMBLIES } from './bad-input/assemblies.js';
import type { Case } from './bad-input/case.js';
import { makeCheckout, snapshot } from './bad-input/checkout.js';
import { CONTEXTS } from './bad-input/contexts.js';
import { INPUTS } from './bad-input/inputs.js';
import { PLACES } from './bad-input/places.js';
import { CREDENTIALS, PLANS, RUNS } from './bad-input/runs.js';
import { ACCOUNT, REGION, ROOT } from './consumer.js';

let world: World;
let folder: string;
let assembly: string;
const machines: string[] = [];

beforeAll(async () => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'bad-input-')));
  // A copy, since other tests may build a new one meanwhile.
  cpSync(path.join(ROOT, 'dist'), path.join(folder, 'action/dist'), { recursive: true });
  cpSync(path.join(ROOT, 'action.yml'), path.join(folder, 'action/action.yml'));
  world = await startWorld({
    trust: [
      { role: 'arn:aws:iam::111122223333:role/deployer', subjects: ['repo:acme-corp@77/webapp@4242:environment:*'] },
      { role: 'arn:aws:iam::111122223333:role/inner', trusts: 'arn:aws:iam::111122223333:role/other' },
    ],
  });
  const { run } = await trial({ name: 'nothing', inputs: { command: 'synth' }, message: '' }, 'good');
  expect(run, run.log).toMatchObject({ exitCode: 0 });
  assembly = path.join(folder, 'assembly');
  await unpack(run.outputs['assembly']!, assembly);
});

afterAll(async () => {
  await world.stop();
  for (const used of [folder, ...machines]) rmSync(used, { recursive: true, force: true });
});

interface Trial {
  readonly run: ActionRun;
  /** Folder that holds the checkout. */
  readonly place: string;
  readonly before: Readonly<Record<string, string>>;
  readonly after: Readonly<Record<string, string>>;
}

/** Runs the action over a checkout that is good but for the one thing. */
async function trial(bad: Case, name: string): Promise<Trial> {
  const place = path.join(folder, name);
  mkdirSync(place);
  const checkout = makeCheckout(path.join(place, 'checkout'));
  if (bad.change) {
    const copy = path.join(place, 'assembly');
    cpSync(assembly, copy, { recursive: true });
    await bad.change(checkout, copy);
  }
  const event = bad.event ?? pullRequest();
  const machine = makeMachine({ toolCache: path.join(ROOT, '.cache/tools') });
  machines.push(machine.folder);
  const before = snapshot(place);
  world.sts.clear();
  const run = await runAction({
    dist: path.join(folder, 'action/dist'),
    inputs: { command: 'diff', environment: 'prototype', comment: 'false', ...bad.inputs },
    event,
    workspace: checkout,
    machine,
    github: world.github.job({ event, ...bad.job }),
    aws: bad.keys === 'none' ? world.sts.place(REGION) : world.sts.env(bad.keys?.account ?? ACCOUNT, REGION),
    env: { AWS_EC2_METADATA_DISABLED: 'true', ...bad.env },
  });
  return { run, place, before, after: snapshot(place) };
}

/** A message without what differs from run to run: where it all lies, and digests of what lies there. */
function shown(message: string, place: string): string {
  return message.replaceAll(place, '<place>').replaceAll(/(?<=digest sha256:|asset )[0-9a-f]{64}/g, '<digest>');
}

/** Calls of AWS that were made, each once. */
function calls(): readonly string[] {
  return [...new Set(world.sts.calls.map(({ service, action }) => `${service}:${action}`))];
}

let trials = 0;

async function isRefused(bad: Case): Promise<void> {
  const { run, place, before, after } = await trial(bad, `${++trials}`);
  const errors = run.annotations.filter(({ kind }) => kind === 'error').map(({ message }) => shown(message, place));
  expect(errors, run.log).toEqual([bad.message]);
  expect(bad.message).not.toContain('\n');
  expect(run.exitCode).toBe(1);
  expect(calls()).toEqual(bad.calls ?? []);
  expect(after).toEqual(before);
  // The post step finds nothing to put back or to wipe.
  expect(run.post).toMatchObject({ exitCode: 0, log: '' });
  expect(run.left).toEqual(bad.leaves ?? []);
  expect(readdirSync(run.machine.temp).filter((name) => !name.startsWith('_'))).toEqual(
    bad.leaves === undefined ? [] : ['deploy-action'],
  );
}

describe('an input', () => {
  test.each(INPUTS)('$name', isRefused);
});

describe('config and place', () => {
  test.each(PLACES)('$name', isRefused);
});

describe('the context and the app', () => {
  test.each(CONTEXTS)('$name', isRefused);
});

describe('a given assembly', () => {
  const given = ASSEMBLIES.map((bad) => ({
    ...bad,
    inputs: { command: 'deploy', assembly: 'given.tar', ...bad.inputs },
  }));
  test.each(given)('$name', isRefused);
});

describe('credentials', () => {
  test.each(CREDENTIALS)('$name', isRefused);
});

describe('the run of the app', () => {
  test.each(RUNS)('$name', isRefused);
});

describe('plans', () => {
  test.each(PLANS)('$name', isRefused);
});
