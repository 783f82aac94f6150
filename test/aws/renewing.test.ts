import { describe, expect, test } from 'vitest';
import { renewing } from '../../src/aws/renewing.js';
import type { Session } from '../../src/ports.js';
import { FakeClock } from '../fakes/clock.js';

function world(seconds: number | undefined) {
  const clock = new FakeClock();
  const errors: Error[] = [];
  const held: (() => void)[] = [];
  let taken = 0;
  let holding = false;
  const take = async (): Promise<Session> => {
    const accessKeyId = String(++taken);
    if (holding) {
      await new Promise<void>((resolve) => {
        held.push(resolve);
      });
    }
    const error = errors.shift();
    if (error) throw error;
    const expiration = seconds === undefined ? {} : { expiration: new Date(clock.now().getTime() + seconds * 1000) };
    return { accessKeyId, secretAccessKey: 's', ...expiration };
  };
  const ask = renewing(take, clock);
  return {
    clock,
    errors,
    ask: async () => Number((await ask()).accessKeyId),
    taken: () => taken,
    hold: () => {
      holding = true;
    },
    release: () => {
      holding = false;
      for (const go of held.splice(0)) go();
    },
  };
}

test('nothing is taken before somebody asks', () => {
  expect(world(3600).taken()).toBe(0);
});

test('those who ask at once get the same one', async () => {
  const { ask, taken, hold, release } = world(3600);
  hold();
  const asked = Promise.all([ask(), ask(), ask()]);
  release();
  expect(await asked).toEqual([1, 1, 1]);
  expect(taken()).toBe(1);
});

describe('renewal', () => {
  test.each([
    ['an hour: six minutes before its end', 3600, 3600 - 360],
    ['a quarter of an hour: the same', 900, 900 - 360],
    ['ten minutes: at half of its life', 600, 300],
    ['a minute: at half of its life', 60, 30],
  ])('%s', async (_, seconds, until) => {
    const { ask, clock } = world(seconds);
    expect(await ask()).toBe(1);
    clock.forward(until - 1);
    expect(await ask()).toBe(1);
    clock.forward(1);
    expect(await ask()).toBe(2);
    expect(await ask()).toBe(2);
  });

  test('never, without an end', async () => {
    const { ask, clock } = world(undefined);
    await ask();
    clock.forward(1e9);
    expect(await ask()).toBe(1);
  });

  test('once for all who ask at once', async () => {
    const { ask, clock, taken, hold, release } = world(3600);
    await ask();
    clock.forward(3500);
    hold();
    const asked = Promise.all([ask(), ask(), ask()]);
    await Promise.resolve();
    release();
    await asked.then((numbers) => {
      expect(numbers).toEqual([2, 2, 2]);
    });
    expect(taken()).toBe(2);
  });

  test('one that is over as soon as it is there is given once, not taken for ever', async () => {
    const { ask, taken } = world(0);
    expect(await ask()).toBe(1);
    expect(taken()).toBe(1);
    expect(await ask()).toBe(2);
  });
});

describe('a failure', () => {
  test('reaches everyone who asked, and nobody after', async () => {
    const { ask, errors, hold, release, taken } = world(3600);
    errors.push(new Error('throttled'));
    hold();
    const asked = Promise.allSettled([ask(), ask()]);
    release();
    expect((await asked).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(taken()).toBe(1);
    expect(await ask()).toBe(2);
  });

  test('of a renewal is not kept either', async () => {
    const { ask, errors, clock } = world(3600);
    await ask();
    clock.forward(3500);
    errors.push(new Error('throttled'));
    await expect(ask()).rejects.toThrow('throttled');
    expect(await ask()).toBe(3);
    expect(await ask()).toBe(3);
  });
});
