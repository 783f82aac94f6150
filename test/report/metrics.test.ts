import { expect, test } from 'vitest';
import { metricsOf } from '../../src/metrics/figures.js';
import type { Life, Metrics } from '../../src/metrics/model.js';
import { renderMetrics } from '../../src/report/metrics.js';
import { PAPER_UNTIL, paperHistory } from '../metrics/history.js';

const of = (lives: readonly Life[], windowDays = 30): Metrics =>
  metricsOf(lives, { repository: 'acme/shop', until: PAPER_UNTIL, windowDays });

test('a table and a picture for each environment', () => {
  const markdown = renderMetrics(of(paperHistory()));
  expect(markdown).toContain('## Deployments in 30 days');
  expect(markdown.replaceAll(/ +/g, ' ')).toContain(
    '| `production` | `webapp` eu-central-1 | 210 (7.00 a day) | 1 h 0 min | 25.0 % (60 of 240) | 1 h 0 min |',
  );
  const [, chart = ''] = /```mermaid\n([^`]+)```/.exec(markdown) ?? [];
  const [, axis, , bars, line] = chart.trim().split('\n');
  expect(axis).toMatch(/^ {2}x-axis \["10-02", "10-03", .*"10-31", "11-01"\]$/);
  expect(bars).toBe(`  bar [${[...Array<number>(30).fill(7), 0].join(', ')}]`);
  expect(line).toBe(`  line [${[...Array<number>(30).fill(2), 0].join(', ')}]`);
});

test('a long window has bars of several days, and no day is lost', () => {
  const markdown = renderMetrics(of(paperHistory(), 365));
  const [, bars = ''] = / {2}bar \[(.*)\]/.exec(markdown) ?? [];
  const numbers = bars.split(', ').map(Number);
  expect(numbers.length).toBeLessThanOrEqual(31);
  expect(numbers.reduce((sum, each) => sum + each, 0)).toBe(210);
  // Of twelve days each, back from 1 November, which has none: 11, 12 and 7 days of seven deployments.
  expect(numbers.slice(-3)).toEqual([49, 84, 77]);
});

test('nothing, and what something else has deployed', () => {
  expect(renderMetrics(of([]))).toContain('There was no deployment in this time.');
  const statuses = [{ state: 'failure', description: '', at: PAPER_UNTIL }];
  const markdown = renderMetrics(of([{ environment: '`"]|\n<b>', commit: 'c', statuses }]));
  expect(markdown).toContain('by something else');
  expect(markdown).toMatch(/\| –, one lasts +\|/);
  expect(markdown).not.toContain('<b>\n');
});

test('many environments have a row each, and few pictures', () => {
  const statuses = [{ state: 'success', description: '', at: PAPER_UNTIL }];
  const lives = Array.from({ length: 9 }, (_, index) => ({ environment: `pr-${index}`, commit: 'c', statuses }));
  const markdown = renderMetrics(of(lives));
  expect(markdown.match(/```mermaid/g)).toHaveLength(6);
  expect(markdown).toContain('| `pr-8`');
  expect(markdown).toContain('3 more environments have no picture here.');
});
