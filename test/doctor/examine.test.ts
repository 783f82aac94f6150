import { expect, test } from 'vitest';
import { CHECKS } from '../../src/doctor/checks.js';
import { examine } from '../../src/doctor/examine.js';
import { known, unknown } from '../../src/doctor/model.js';
import { appFacts, placeFacts, wellFacts } from './facts.js';

test('where nothing is wrong, everything was checked', () => {
  expect(examine(wellFacts())).toEqual({ findings: [], checked: CHECKS.map(({ title }) => title), unchecked: [] });
});

test('what is worst comes first, whichever check found it', () => {
  const apps = [
    appFacts({
      programs: { node: null },
      contexts: [{ file: 'cdk.context.json', text: '{"zones:account=123456789012": []}' }],
      git: known({ outChecked: 2 }),
    }),
  ];
  const { findings } = examine(wellFacts({ apps }));
  expect(findings.map(({ check, severity }) => `${severity} ${check}`)).toEqual([
    'error programs',
    'warning placeholder-account',
    'info git',
  ]);
});

test('what is not known is not taken for good: each check says why it cannot tell', () => {
  const places = unknown('nobody is there');
  const { findings, unchecked, checked } = examine(wellFacts({ places, syntheses: unknown('it is off') }));
  expect(findings).toEqual([]);
  expect(unchecked.filter(({ because }) => because === 'nobody is there')).toHaveLength(7);
  expect(unchecked.filter(({ because }) => because === 'it is off')).toHaveLength(3);
  expect(checked).toHaveLength(CHECKS.length - 10);
});

test('a broken config is told once, and what hangs on it is not checked', () => {
  const problem = {
    code: 'config',
    message: 'environments: must be a mapping: write one',
    file: 'deploy.yml',
    line: 3,
  };
  const { findings, unchecked } = examine(wellFacts({ config: { problem }, targets: [] }));
  expect(findings).toEqual([
    {
      check: 'config',
      severity: 'error',
      message: 'environments: must be a mapping',
      mend: 'write one',
      file: 'deploy.yml',
      line: 3,
    },
  ]);
  expect(new Set(unchecked.map(({ because }) => because))).toEqual(new Set(['the config file cannot be read']));
});

test('away from GitHub nothing is said of roles and tokens', () => {
  const chains = [{ purpose: 'plan' as const, arns: ['arn:aws:iam::111122223333:role/plan'], refused: 'no' }];
  const { findings, unchecked } = examine(wellFacts({ onGitHub: false, places: known([placeFacts({ chains })]) }));
  expect(findings).toEqual([]);
  expect(unchecked.map(({ because }) => because)).toEqual(Array(3).fill('this is no job on GitHub'));
});

test('ids of checks are told apart', () => {
  expect(new Set(CHECKS.map(({ id }) => id)).size).toBe(CHECKS.length);
});
