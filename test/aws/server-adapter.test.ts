import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { serveCredentials } from '../../src/aws/server-adapter.js';
import type { CredentialServer, Session } from '../../src/ports.js';

/** Node runs it as it is: its types can be stripped. */
const SCRIPT = fileURLToPath(new URL('../../src/credential-process.ts', import.meta.url));
const SESSION: Session = {
  accessKeyId: 'ASIAPLANTEDKEY',
  secretAccessKey: 'planted-secret',
  sessionToken: 'planted-token',
  expiration: new Date('2026-11-01T13:00:00Z'),
};

let folder: string;
let server: CredentialServer | undefined;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'server-')));
});

afterEach(async () => {
  await server?.close();
  server = undefined;
  rmSync(folder, { recursive: true });
});

async function serve(session: () => Promise<Session>, at = folder): Promise<CredentialServer> {
  server = await serveCredentials(at, SCRIPT, 'eu-west-1', session);
  return server;
}

const config = (from: CredentialServer): string => readFileSync(from.env['AWS_CONFIG_FILE']!, 'utf8');

/** The command that stands in the config file, run as an SDK runs it. */
async function ask(from: CredentialServer): Promise<{ stdout: string; stderr: string; code: number }> {
  const [, command = ''] = /^credential_process = (.+)$/m.exec(config(from)) ?? [];
  const parts = [...command.matchAll(/"([^"]*)"/g)].map(([, part = '']) => part);
  const [program = '', ...args] = parts;
  try {
    return { ...(await promisify(execFile)(program, args, { env: {} })), code: 0 };
  } catch (error) {
    return error as { stdout: string; stderr: string; code: number };
  }
}

const socketOf = (from: CredentialServer): string => /"([^"]*aws\.sock)"/.exec(config(from))?.[1] ?? '';

test('a child gets the session, in the form that SDKs read', async () => {
  const { stdout, stderr, code } = await ask(await serve(() => Promise.resolve(SESSION)));
  expect(JSON.parse(stdout)).toEqual({
    Version: 1,
    AccessKeyId: 'ASIAPLANTEDKEY',
    SecretAccessKey: 'planted-secret',
    SessionToken: 'planted-token',
    Expiration: '2026-11-01T13:00:00.000Z',
  });
  expect([stderr, code]).toEqual(['', 0]);
});

test('a session without token and end', async () => {
  const { accessKeyId, secretAccessKey } = SESSION;
  const { stdout } = await ask(await serve(() => Promise.resolve({ accessKeyId, secretAccessKey })));
  expect(JSON.parse(stdout)).toEqual({ Version: 1, AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey });
});

test('every call asks anew', async () => {
  let asked = 0;
  const from = await serve(() => Promise.resolve({ ...SESSION, accessKeyId: String(++asked) }));
  const answers = [await ask(from), await ask(from)].map(({ stdout }) => JSON.parse(stdout) as { AccessKeyId: string });
  expect(answers.map(({ AccessKeyId }) => AccessKeyId)).toEqual(['1', '2']);
});

test('a refusal is the message and the exit code of the child', async () => {
  const from = await serve(() => Promise.reject(new Error('role x cannot be taken: "no"')));
  expect(await ask(from)).toMatchObject({ stdout: '', stderr: 'role x cannot be taken: "no"\n', code: 1 });
});

test('after the end nobody answers, and the child says so', async () => {
  const from = await serve(() => Promise.resolve(SESSION));
  await from.close();
  const { stdout, stderr, code } = await ask(from);
  expect([stdout, code]).toEqual(['', 1]);
  expect(stderr).toMatch(/^the action that holds the credentials does not answer: .*ENOENT/);
});

test('a call that is cut off fails, it does not answer with nothing', async () => {
  let called: () => void = () => undefined;
  const waiting = new Promise<void>((resolve) => (called = resolve));
  const from = await serve(() => {
    called();
    return new Promise(() => undefined);
  });
  const asked = ask(from);
  await waiting;
  await from.close();
  expect(await asked).toMatchObject({ code: 1, stdout: '' });
});

test('no key lies in a file or in the environment, and the files are ours alone', async () => {
  const from = await serve(() => Promise.resolve(SESSION));
  await ask(from);
  const files = readdirSync(folder).sort();
  expect(files).toEqual(['aws-config', 'aws-credentials', 'aws.sock']);
  for (const file of ['aws-config', 'aws-credentials']) {
    expect(statSync(path.join(folder, file)).mode & 0o777).toBe(0o600);
    expect(readFileSync(path.join(folder, file), 'utf8')).not.toMatch(/planted|ASIA/i);
  }
  expect(JSON.stringify(from.env)).not.toMatch(/planted|ASIA/i);
  expect(from.env).toEqual({
    AWS_CONFIG_FILE: path.join(folder, 'aws-config'),
    AWS_SHARED_CREDENTIALS_FILE: path.join(folder, 'aws-credentials'),
    AWS_SDK_LOAD_CONFIG: '1',
    AWS_REGION: 'eu-west-1',
    AWS_DEFAULT_REGION: 'eu-west-1',
    AWS_EC2_METADATA_DISABLED: 'true',
  });
  expect(config(from)).toMatch(/^\[default\]\nregion = eu-west-1\ncredential_process = "/);
});

test('a folder too long for a socket: one of its own, gone afterwards', async () => {
  const long = path.join(folder, 'x'.repeat(60), 'y'.repeat(60));
  mkdirSync(long, { recursive: true });
  const from = await serve(() => Promise.resolve(SESSION), long);
  const socket = socketOf(from);
  expect(Buffer.byteLength(socket)).toBeLessThan(100);
  expect(statSync(path.dirname(socket)).mode & 0o777).toBe(0o700);
  expect((await ask(from)).code).toBe(0);
  await from.close();
  expect(existsSync(path.dirname(socket))).toBe(false);
});

test('the end does not wait for a child that hangs', async () => {
  const from = await serve(() => new Promise(() => undefined));
  const hanging = connect(socketOf(from));
  const ended = new Promise((resolve) => hanging.on('close', resolve));
  await new Promise((resolve) => hanging.on('connect', resolve));
  await from.close();
  await ended;
  expect(existsSync(path.join(folder, 'aws.sock'))).toBe(false);
});

test('a child that goes away is no harm', async () => {
  let answer: (session: Session) => void = () => undefined;
  let first = true;
  const from = await serve(() => {
    if (!first) return Promise.resolve(SESSION);
    first = false;
    return new Promise((resolve) => {
      answer = resolve;
    });
  });
  const gone = connect(socketOf(from));
  await new Promise((resolve) => gone.on('connect', resolve));
  const closed = new Promise((resolve) => gone.on('close', resolve));
  gone.destroy();
  await closed;
  answer(SESSION);
  expect((await ask(from)).code).toBe(0);
});
