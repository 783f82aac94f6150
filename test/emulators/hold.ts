/** Holds a world and a run of an action until it is told to end: for the test of what is left then. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProcess } from './runner/process.js';
import { startWorld } from './world.js';

const file = join(mkdtempSync(join(tmpdir(), 'hold-')), 'index.js');
// Answers for as long as it runs; a request to end is its answer to `/end`.
writeFileSync(
  file,
  `const server = require('http').createServer(({ url }, response) => (url === '/end' ? process.exit() : response.end()));
   server.listen(0, '127.0.0.1', () => console.log('http://127.0.0.1:' + server.address().port));`,
);

const world = await startWorld();
await runProcess({
  file,
  cwd: tmpdir(),
  env: {},
  onLine: (action) => {
    console.log(`${world.aws.endpoint} ${action}`);
  },
  timeoutSeconds: 60,
});
