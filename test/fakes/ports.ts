import type { Ports } from '../../src/ports.js';
import { FakeAws } from './aws.js';
import { FakeClock } from './clock.js';
import { FakeCredentials } from './credentials.js';
import { FakeExec } from './exec.js';
import { FakeGitHub } from './github.js';
import { FakeReviews } from './reviews.js';
import { FakeRecords } from './records.js';
import { FakeRunner } from './runner.js';
import { FakeSts } from './sts.js';

/** Every edge of the process as a fake. */
export interface Fakes {
  readonly exec: FakeExec;
  readonly runner: FakeRunner;
  readonly clock: FakeClock;
  readonly aws: FakeAws;
  readonly github: FakeGitHub;
  readonly reviews: FakeReviews;
  readonly records: FakeRecords;
  readonly credentials: FakeCredentials;
  /** Tokens that GitHub was opened with. */
  readonly tokens: readonly string[];
  /** To hand to the code under test. */
  readonly ports: Ports;
}

/** @param given fakes that a test has set up already */
export function fakePorts(given: Partial<Omit<Fakes, 'ports' | 'tokens'>> = {}): Fakes {
  const clock = given.clock ?? new FakeClock();
  const tokens: string[] = [];
  const fakes = {
    exec: new FakeExec(),
    runner: new FakeRunner(),
    aws: new FakeAws(new FakeSts(() => clock.now())),
    github: new FakeGitHub(),
    reviews: new FakeReviews(),
    records: new FakeRecords(),
    credentials: new FakeCredentials(),
    ...given,
    clock,
    tokens,
  };
  const { exec, runner, aws, github, reviews, records, credentials } = fakes;
  const ports: Ports = {
    exec,
    runner,
    clock,
    random: () => 'a1b2c3d4',
    aws: () => Promise.resolve(aws),
    github: (token) => {
      tokens.push(token);
      return Promise.resolve(github);
    },
    reviews: (token) => {
      tokens.push(token);
      return Promise.resolve(reviews);
    },
    records: (token) => {
      tokens.push(token);
      return Promise.resolve(records);
    },
    serveCredentials: credentials.serve,
  };
  return { ...fakes, ports };
}
