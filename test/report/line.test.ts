import { expect, test } from 'vitest';
import { planLine } from '../../src/report/line.js';
import { aChange, aPlan, aStack } from './fixtures.js';

const NONE = { add: 0, update: 0, replace: 0, delete: 0, import: 0 };
const lost = aChange({ risk: 'data-loss', action: 'delete' });

test.each([
  ['no changes', aPlan({ stacks: [aStack(), aStack({ id: 'b' })] }), 'no changes in 2 stacks'],
  [
    'risks before counts',
    aPlan({
      stacks: [
        aStack({ changes: [lost, aChange({ risk: 'access' }), aChange()] }),
        aStack({ id: 'b', changes: [aChange()] }),
      ],
      counts: { ...NONE, update: 3, delete: 1 },
    }),
    '1 data-loss, 1 access; 3 update, 1 delete in 2 stacks',
  ],
  [
    'noise is no risk',
    aPlan({
      stacks: [aStack({ changes: [aChange({ ...lost, noise: 'metadata' }), aChange()] })],
      counts: { ...NONE, update: 1 },
    }),
    '1 update in 1 stack',
  ],
  [
    'a change of no resource',
    aPlan({ stacks: [aStack({ changes: [aChange({ subject: 'output', action: 'add', risk: 'add' })] })] }),
    'changes in 1 stack',
  ],
])('%s', (_, plan, line) => {
  expect(planLine(plan)).toBe(line);
});
