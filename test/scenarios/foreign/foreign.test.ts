import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mavenApp, samplePython, sampleTypeScript, type ForeignApp } from './apps.js';
import { contextFiles, startJourney, PLACE, type Journey } from './journey.js';

const APPS = [
  { name: 'cdk init sample-app in TypeScript', make: sampleTypeScript, stacks: 1 },
  { name: 'cdk init sample-app in Python', make: samplePython, stacks: 1 },
  // A root, two nested stacks, and one nested in one of them.
  { name: 'a Maven app', make: (folder: string) => mavenApp(folder, PLACE), stacks: 4 },
];

describe.each(APPS)('$name', ({ make, stacks }) => {
  let journey: Journey;
  let app: ForeignApp;
  let before: ReturnType<typeof contextFiles>;

  beforeAll(async () => {
    journey = await startJourney();
    app = await make(join(journey.checkout, 'app'));
    before = contextFiles(app);
  });
  afterAll(() => journey.end());

  /** Status of the app's stacks, root and nested ones. */
  const statuses = async (): Promise<readonly string[]> => {
    const all = Object.entries(await journey.stacks());
    return all.filter(([name]) => name.startsWith(app.stack.name)).map(([, status]) => status);
  };

  test('its account is bootstrapped, once', async () => {
    const first = await journey.run('bootstrap', app);
    expect(first, first.log).toMatchObject({ exitCode: 0, outputs: { result: 'success', account: PLACE.account } });
    expect(await journey.stacks()).toEqual({ CDKToolkit: 'CREATE_COMPLETE' });

    const second = await journey.run('bootstrap', app);
    expect(second, second.log).toMatchObject({ exitCode: 0, outputs: { result: 'skipped' } });
  });

  test('it is diffed, and what was diffed is deployed', async () => {
    const diff = await journey.run('diff', app);
    expect(diff, diff.log).toMatchObject({ exitCode: 0, outputs: { 'has-changes': 'true' } });
    expect(diff.summary).toContain(app.stack.id);
    expect(diff.summary).toContain('[+] AWS::SQS::Queue');
    expect(await statuses()).toEqual([]);

    const inputs = { assembly: diff.outputs['assembly']!, 'assembly-digest': diff.outputs['assembly-digest']! };
    const deploy = await journey.run('deploy', app, inputs);
    expect(deploy, deploy.log).toMatchObject({ exitCode: 0, outputs: { result: 'success' } });
    expect(await statuses()).toEqual(Array(stacks).fill('CREATE_COMPLETE'));
    expect(contextFiles(app)).toEqual(before);
  });

  test('a change is all that the next diff shows, and it is deployed', async () => {
    await app.change.apply();
    const diff = await journey.run('diff', app);
    expect(diff, diff.log).toMatchObject({ exitCode: 0, outputs: { 'has-changes': 'true' } });
    expect(changedProperties(diff.outputs['plan-file']!)).toEqual([
      `AWS::SQS::Queue VisibilityTimeout ${app.change.before} → ${app.change.after}`,
    ]);

    const deploy = await journey.run('deploy', app);
    expect(deploy, deploy.log).toMatchObject({ exitCode: 0, outputs: { result: 'success' } });
    expect((await journey.stacks())[app.stack.name]).toBe('UPDATE_COMPLETE');

    const again = await journey.run('diff', app);
    expect(again, again.log).toMatchObject({ exitCode: 0, outputs: { 'has-changes': 'false', result: 'no-changes' } });
    expect(contextFiles(app)).toEqual(before);
  });
});

interface PlanFile {
  stacks: {
    changes: { type?: string; noise?: string; properties: { path: string; before?: unknown; after?: unknown }[] }[];
  }[];
}

/** Every property that a plan changes; of a nested stack's template only what it holds is a change. */
function changedProperties(planFile: string): readonly string[] {
  const plan = JSON.parse(readFileSync(planFile, 'utf8')) as PlanFile;
  return plan.stacks
    .flatMap(({ changes }) => changes)
    .filter(({ type, noise }) => noise === undefined && type !== 'AWS::CloudFormation::Stack')
    .flatMap(({ type, properties }) =>
      properties.map(({ path, before, after }) => `${type} ${path} ${String(before)} → ${String(after)}`),
    );
}
