import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mavenApp, type ForeignApp } from './apps.js';
import { replaceIn } from './edit.js';
import { contextFiles, startJourney, PLACE, type Journey } from './journey.js';

/** Some hundred lines are printed for each of these; the user is to see one. */
describe('a Maven app that cannot be synthesised', () => {
  let journey: Journey;
  let app: ForeignApp;

  beforeAll(async () => {
    journey = await startJourney();
    app = await mavenApp(join(journey.checkout, 'app'), PLACE);
    // With this line the action looks for the version by itself, before the app can fail.
    await replaceIn(join(app.folder, '.github/deploy.yml'), '    templates: src/main/resources\n', '');
    const template = await readFile(join(app.folder, 'cdk.context.template.json'), 'utf8');
    await writeFile(join(app.folder, 'without-alias.json'), template.replace(/.*"deployment:alias".*\n/, ''));
  });
  afterAll(() => journey.end());

  test.each([
    {
      what: 'a template that is not on the class path',
      inputs: { version: 'v9' },
      cause: 'can not find prototype/v9/conf.mustache',
    },
    {
      what: 'a context key that is missing',
      inputs: { 'context-template': 'without-alias.json' },
      cause: 'No context value present for deployment:alias key',
    },
    {
      what: 'a language level that the JDK does not know',
      inputs: { app: 'mvn -e -q -Dmaven.compiler.release=99 compile' },
      cause: 'release version 99 not supported',
    },
  ])('says in one line: $what', async ({ inputs, cause }) => {
    // What is compiled is not compiled again for another language level.
    await rm(join(app.folder, 'target'), { recursive: true, force: true });
    const before = contextFiles(app);
    const run = await journey.run('synth', app, inputs);
    expect(run.exitCode, run.log).toBe(1);
    const errors = run.annotations.filter(({ kind }) => kind === 'error').map(({ message }) => message);
    expect(errors).toEqual([expect.stringContaining(cause)]);
    expect(errors[0]).not.toMatch(/\n|LifecycleExecutionException|\u{1b}/u);
    expect(contextFiles(app)).toEqual(before);
    expect(await journey.stacks()).toEqual({});
  });
});
