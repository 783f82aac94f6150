/**
 * What the action costs, as ratios of two things that run side by side, in turn, in one run: `npm run bench`. The app is
 * that of `cdk init sample-app`, on the embedded AWS; a ratio is that of the medians. Planning and showing are measured by
 * themselves, too, at sizes that no such app has.
 */
import { rmSync } from 'node:fs';
import path from 'node:path';
import { makeMachine } from '../test/emulators/runner/machine.js';
import { startWorld } from '../test/emulators/world.js';
import { ROOT } from '../test/scenarios/consumer.js';
import { sampleTypeScript } from '../test/scenarios/foreign/apps.js';
import { benchApp } from './bench/app.js';
import { compare, type Ratio } from './bench/compare.js';
import { planningRatios } from './bench/planning.js';

const ROUNDS = 5;
const folder = path.join(ROOT, 'out', 'bench');
rmSync(folder, { recursive: true, force: true });
const machine = makeMachine({ toolCache: path.join(ROOT, '.cache', 'tools') });
const planning = await planningRatios();
const world = await startWorld();
try {
  const app = await benchApp(world, await sampleTypeScript(path.join(folder, 'repository')), machine);
  const ratios: Ratio[] = [
    await compare('start-up to parsed inputs : an empty Node script', 4, 21, app.start, app.emptyScript),
    await compare('diff : bare cdk diff', 1.1, ROUNDS, app.diff, app.bareDiff),
    await compare('synth + diff + deploy : cdk synth; cdk diff; cdk deploy', 0.6, ROUNDS, app.chain, app.bareChain),
    ...planning,
  ];
  console.log('\nratio  bound  what');
  for (const { ratio, bound, what } of ratios) console.log(`${ratio.toFixed(2)}   ${bound.toFixed(2)}   ${what}`);
  process.exitCode = ratios.every(({ ratio, bound }) => ratio <= bound) ? 0 : 1;
} finally {
  await world.stop();
  rmSync(machine.folder, { recursive: true, force: true });
}
