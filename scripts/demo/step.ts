import path from 'node:path';
import { runAction, type ActionRun } from '../../test/emulators/runner/action.js';
import type { Machine } from '../../test/emulators/runner/machine.js';
import type { RunnerEvent } from '../../test/emulators/runner/events.js';
import type { World } from '../../test/emulators/world.js';
import { REGION, ROOT } from '../../test/scenarios/consumer.js';

type Step = (title: string, event: RunnerEvent, inputs: Readonly<Record<string, string>>) => Promise<ActionRun>;

/** Runs `dist/index.js` step by step on one machine, and shows what it says. */
export function stepsOf(world: World, workspace: string, machine: Machine): Step {
  return async (title, event, inputs) => {
    console.log(`\n── ${title} ${'─'.repeat(Math.max(0, 76 - title.length))}`);
    const run = await runAction({
      dist: path.join(ROOT, 'dist'),
      inputs,
      event,
      workspace,
      machine,
      github: world.github.job({ event }),
      aws: world.sts.place(REGION),
      onLine: (line) => {
        console.log(`  ${line}`);
      },
    });
    if (run.exitCode !== 0) throw new Error(`${title}: the action ended with ${run.exitCode}`);
    return run;
  };
}
