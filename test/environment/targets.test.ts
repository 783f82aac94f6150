import { describe, expect, test } from 'vitest';
import type { Target } from '../../src/environment/model.js';
import { parseTargets, wavesOfTargets } from '../../src/environment/targets.js';

const target = (id: string, wave: number): Target => ({
  id,
  release: 'web',
  environment: 'prototype',
  region: 'eu-central-1',
  version: 'v1',
  wave,
});

describe('waves', () => {
  test('first wave first, and none that is empty', () => {
    const [a, b, c] = [target('a', 2), target('b', 1), target('c', 4)];
    expect(wavesOfTargets([a, b, c])).toEqual([[b], [a], [c]]);
  });

  test.each([
    ['256 targets', Array.from({ length: 256 }, (_, index) => target(`t${index}`, 1)), undefined],
    [
      '257 targets',
      Array.from({ length: 257 }, (_, index) => target(`t${index}`, 1)),
      'there are 257 targets, and a matrix of GitHub has 256 jobs at most: name a release that stands for fewer',
    ],
    ['8 waves', Array.from({ length: 8 }, (_, index) => target(`t${index}`, index + 1)), undefined],
    [
      '9 waves',
      Array.from({ length: 9 }, (_, index) => target(`t${index}`, index + 1)),
      "there are 9 waves, and a run has 8 at most: take releases out of 'needs'",
    ],
  ])('%s', (_, targets, message) => {
    if (message === undefined) expect(wavesOfTargets(targets).flat()).toHaveLength(targets.length);
    else expect(() => wavesOfTargets(targets)).toThrow(message);
  });
});

describe('targets that are handed on', () => {
  test('are as they were, with what later versions may add', () => {
    const targets = [{ ...target('prototype-web-eu-central-1', 1), app: '.', toolchain: { name: 'node' }, more: 1 }];
    expect(parseTargets(JSON.stringify(targets))).toEqual(targets);
  });

  test.each([
    ['no JSON', '[{', /^targets is not what the output targets of resolve is/],
    ['another thing', '{}', /expected array/],
    ['a shell command for an id', JSON.stringify([target('$(id)', 1)]), /id/],
    ['a line break in an environment', JSON.stringify([{ ...target('a', 1), environment: 'a\nb' }]), /environment/],
    ['no region', JSON.stringify([{ ...target('a', 1), region: 'here' }]), /region/],
    ['wave 0', JSON.stringify([target('a', 0)]), /wave/],
  ])('%s', (_, text, message) => {
    expect(() => parseTargets(text)).toThrow(message);
  });
});
