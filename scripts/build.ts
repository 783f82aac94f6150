/**
 * Builds `dist/`: TypeScript by `tsc`, one bundle by ncc. Two packages are swapped on the way, each for a stand-in that
 * lies in a `node_modules` nearer to our code:
 * - `@aws-cdk/aws-service-spec` (a 2.6 MB database, 0.4 s to load) for the table that is generated from it;
 * - `undici` (0.4 MB) for one that loads the real one only behind a proxy: Node 24 has `fetch` itself.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { transformSync } from 'esbuild';

const root = path.resolve(import.meta.dirname, '..');
const out = path.resolve(process.argv[2] ?? path.join(root, 'dist'));
const build = path.join(root, 'build');

function run(program: string, ...args: string[]): void {
  const { status } = spawnSync(process.execPath, [path.join(root, 'node_modules', program), ...args], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${String(status)}`);
}

function ncc(entry: string, folder: string, ...options: string[]): void {
  run('@vercel/ncc/dist/ncc/cli.js', 'build', path.join(build, entry), '--out', folder, ...options);
}

function standIn(name: string, index: string): void {
  const folder = path.join(build, 'node_modules', name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ name, version: '0.0.0', main: 'index.js' }));
  writeFileSync(path.join(folder, 'index.js'), index);
}

rmSync(build, { recursive: true, force: true });
// Types are checked by `npm run types`, over everything.
run('typescript/bin/tsc', '--project', 'scripts/tsconfig.build.json', '--noCheck');
writeFileSync(path.join(build, 'package.json'), JSON.stringify({ type: 'module' }));

for (const name of ['@aws-cdk/cloudformation-diff', '@actions/core', '@actions/http-client', '@actions/github']) {
  const nested = path.join(root, 'node_modules', name);
  cpSync(nested, path.join(build, 'node_modules', name), { recursive: true, filter: (file) => !file.endsWith('.map') });
}
standIn(
  '@aws-cdk/aws-service-spec',
  `exports.loadAwsServiceSpecSync = () => require('../../../plan/spec.js').specStandIn();`,
);
standIn(
  'undici',
  `class ProxyAgent { constructor(options) { this.options = options; } close() {} destroy() {} }
exports.ProxyAgent = ProxyAgent;
exports.fetch = async (url, options = {}) => {
  if (!(options.dispatcher instanceof ProxyAgent)) return fetch(url, options);
  const real = await import('../../../node_modules/undici/index.js');
  return real.fetch(url, { ...options, dispatcher: new real.ProxyAgent(options.dispatcher.options) });
};`,
);

const fresh = path.join(build, 'dist');
ncc('index.js', fresh, '--license', 'licenses.txt');
ncc('credential-process.js', path.join(build, 'credential'));
cpSync(path.join(build, 'credential', 'index.js'), path.join(fresh, 'credential-process.js'));

// What `npx` starts: the same bundle, which knows by the name that it is at a terminal.
writeFileSync(
  path.join(fresh, 'doctor.js'),
  `#!/usr/bin/env node
if (Number.parseInt(process.versions.node) < 22) {
  console.error('deploy-action needs Node.js 22 or newer, this is ' + process.versions.node);
  process.exitCode = 1;
} else await import('./index.js');
`,
  { mode: 0o755 },
);

// ncc's own `--minify` leaves out every chunk but the first.
for (const file of readdirSync(fresh).filter((name) => name.endsWith('.js'))) {
  const text = readFileSync(path.join(fresh, file), 'utf8');
  const { code } = transformSync(text, { minify: true, format: 'esm', target: 'node24', legalComments: 'none' });
  writeFileSync(path.join(fresh, file), code);
}

rmSync(out, { recursive: true, force: true });
mkdirSync(path.dirname(out), { recursive: true });
renameSync(fresh, out);
const size = readdirSync(out)
  .filter((name) => name.endsWith('.js'))
  .reduce((sum, name) => sum + statSync(path.join(out, name)).size, 0);
process.stdout.write(`${out}: ${Math.ceil(size / 1024)} KiB of JavaScript\n`);
