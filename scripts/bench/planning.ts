import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { ROOT } from '../../test/scenarios/consumer.js';
import { compare, type Ratio } from './compare.js';
import type { Taken } from './plans.js';

const ROUNDS = 5;
/** Bytes that planning 200 stacks and showing 10,000 changes may take at the most. */
const MEMORY = 300_000_000;

/** What planning and showing cost by themselves: in processes of their own, over what `npm run build` compiled. */
export async function planningRatios(): Promise<readonly Ratio[]> {
  execFileSync(process.execPath, ['--import', 'tsx', 'scripts/build.ts', path.join('out', 'bench', 'dist')], {
    cwd: ROOT,
  });
  const seen: Taken[] = [];
  const run = (stacks: number): Taken => {
    const args = [path.join(ROOT, 'scripts/bench/plans.ts'), String(stacks)];
    const taken = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8', env: {} })) as Taken;
    if (stacks === 200) seen.push(taken);
    return taken;
  };
  const cdk = path.join(ROOT, 'node_modules/.bin/cdk');
  const version = (): undefined => {
    execFileSync(cdk, ['--version'], { env: { PATH: process.env['PATH'] ?? '', CDK_DISABLE_VERSION_CHECK: '1' } });
  };
  const ratios = [
    await compare(
      'planning 200 stacks : planning 50',
      4,
      ROUNDS,
      () => run(200).plan,
      () => run(50).plan,
    ),
    await compare('showing 10,000 changes : cdk --version', 1, ROUNDS, () => run(200).render, version),
  ];
  const memory = Math.max(...seen.map((taken) => taken.memory));
  const changes = Math.min(...seen.map((taken) => taken.changes));
  if (changes < 10_000) throw new Error(`the plan of 200 stacks has ${changes} changes, not 10,000`);
  const what = `memory of planning 200 stacks and showing ${changes} changes : ${MEMORY / 1e6} MB`;
  console.log(`${what}: ${(memory / 1e6).toFixed(0)} MB at the most, of ${seen.length} runs`);
  return [...ratios, { what, ratio: memory / MEMORY, bound: 1 }];
}
