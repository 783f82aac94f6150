/** A self-hosted runner may reach GitHub through a proxy only. The bundle holds the program for that apart. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makePlan } from '../../src/plan/assemble.js';
import { startGitHub, type GitHubEmulator } from '../emulators/github/github.js';
import { runAction } from '../emulators/runner/action.js';
import { pullRequest } from '../emulators/runner/events.js';
import { PARTS } from '../plan/parts.js';
import { aChange, aStack } from '../report/fixtures.js';
import { copyAction } from './scene.js';

const DIGEST = `sha256:${'a'.repeat(64)}`;
let folder: string;
let github: GitHubEmulator;
let proxy: Server;
const tunnels: string[] = [];
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'proxy-'));
  writeFileSync(
    path.join(folder, 'plan.json'),
    JSON.stringify(makePlan({ ...PARTS, stacks: [aStack({ template: { after: DIGEST }, changes: [aChange()] })] })),
  );
  github = await startGitHub();
  proxy = createServer();
  proxy.on('connect', (request, client: Socket) => {
    tunnels.push(request.url ?? '');
    const target = connect(Number(new URL(github.url).port), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      target.pipe(client).pipe(target);
    });
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  await github.stop();
  proxy.closeAllConnections();
  await new Promise((resolve) => proxy.close(resolve));
  rmSync(folder, { recursive: true, force: true });
});

test('the comment goes through the proxy', async () => {
  const event = pullRequest();
  const run = await runAction({
    dist: copyAction(path.join(folder, 'action')),
    event,
    workspace: folder,
    github: github.job({ event }),
    inputs: { command: 'report', plans: 'plan.json' },
    env: {
      // Known to the proxy alone; what is on the loopback would go past it.
      GITHUB_API_URL: 'http://github.example',
      GITHUB_GRAPHQL_URL: 'http://github.example/graphql',
      http_proxy: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    },
  });
  rmSync(run.machine.folder, { recursive: true });
  expect(run, run.log).toMatchObject({ exitCode: 0 });
  expect(github.comments(12)).toHaveLength(1);
  expect(new Set(tunnels)).toEqual(new Set(['github.example:80']));
});
