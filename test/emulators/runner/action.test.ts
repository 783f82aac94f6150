import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { asJobOutput, runAction, type ActionOptions, type ActionRun } from './action.js';
import { pullRequest } from './events.js';

const folder = mkdtempSync(join(tmpdir(), 'action-'));
const machines: string[] = [];
afterAll(() => {
  for (const path of [folder, ...machines]) rmSync(path, { recursive: true, force: true });
});

const MANIFEST = `
name: probe
inputs:
  command: { required: true }
  aws-region: { default: eu-west-1 }
  github-token: { default: '\${{ github.token }}' }
runs: { using: node24, main: dist/index.js, post: dist/index.js }
`;

/** Runs a program as the action; `say` writes to the log, `put` to one of the runner's files. */
async function run(program: string, options: Partial<ActionOptions> = {}): Promise<ActionRun> {
  const dist = join(folder, 'dist');
  mkdirSync(dist, { recursive: true });
  writeFileSync(join(folder, 'action.yml'), MANIFEST);
  writeFileSync(
    join(dist, 'index.js'),
    `const fs = require('fs'), { env } = process, say = console.log;
     const put = (name, text) => fs.appendFileSync(env['GITHUB_' + name], text + '\\n');
     ${program}`,
  );
  const github = { env: { GITHUB_API_URL: 'http://127.0.0.1:1' }, token: 'ghs_probe' };
  const base = { dist, inputs: { command: 'diff' }, event: pullRequest(), workspace: folder, github };
  const result = await runAction({ ...base, ...options });
  machines.push(result.machine.folder);
  return result;
}

test('inputs, defaults and the token arrive, and nothing else of this machine', async () => {
  process.env['PLANTED'] = 'x';
  const { log, rawLog } = await run(
    `say(env.INPUT_COMMAND, env['INPUT_AWS-REGION'], env['INPUT_GITHUB-TOKEN'], env.PLANTED, env.GITHUB_HEAD_REF, process.cwd())`,
    { post: false },
  );
  expect(rawLog).toBe(`diff eu-west-1 ghs_probe undefined feature ${folder}`);
  expect(log).toBe(`diff eu-west-1 *** undefined feature ${folder}`);
});

test('the post step runs after a failure, with the state, and sees what is left', async () => {
  const { exitCode, post, left } = await run(`
    if (env.STATE_isPost) { say('post', env.STATE_isPost); process.exit(0); }
    put('STATE', 'isPost=true'); fs.writeFileSync(env.RUNNER_TEMP + '/plan.json', '{}'); process.exit(3);`);
  expect(exitCode).toBe(3);
  expect(post).toMatchObject({ exitCode: 0, log: 'post true' });
  expect(left).toEqual(['plan.json']);
});

test('an output that holds a masked value does not leave the job', async () => {
  const result = await run(`say('::add-mask::111111111111'); put('OUTPUT', 'a<<E\\nx 111111111111\\nE\\nb=2')`);
  expect(result.outputs).toEqual({ a: 'x 111111111111', b: '2' });
  expect([asJobOutput(result, 'a'), asJobOutput(result, 'b')]).toEqual(['', '2']);
});

test('a summary is masked, and dropped with an error when it is too long', async () => {
  const small = await run(`put('STEP_SUMMARY', '# with ' + env['INPUT_GITHUB-TOKEN'])`, { post: false });
  expect(small.summary).toBe('# with ***\n');
  const large = await run(`put('STEP_SUMMARY', 'x'.repeat(2 ** 20))`, { post: false });
  expect(large.summary).toBe('');
  expect(large.annotations[0]?.message).toMatch(/upload aborted/);
});

test('a cancelled run gets SIGINT once it has said the line, and its post step runs', async () => {
  const result = await run(
    `if (env.STATE_isPost) { say('cleaned'); process.exit(0); }
     put('STATE', 'isPost=true'); process.on('SIGINT', () => process.exit(130)); setInterval(() => {}, 1000); say('ready');`,
    { cancelAt: (line) => line === 'ready' },
  );
  expect(result).toMatchObject({ exitCode: 130, cancelled: true, leftRunning: false });
  expect(result.post?.log).toBe('cleaned');
});

test('programs that the action leaves running are seen and ended', async () => {
  const program = `require('child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' }).unref()`;
  expect(await run(program, { post: false })).toMatchObject({ exitCode: 0, leftRunning: true });
});
