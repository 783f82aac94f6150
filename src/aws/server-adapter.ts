import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { messageOf } from '../errors.js';
import type { CredentialServer, Session } from '../ports.js';

/**
 * Answers `credential_process` calls of child processes over a local socket, so that keys lie in no file and in no
 * environment, and every call gets a session that is still good.
 * @param folder private folder (0700) for the socket and the generated AWS config file (0600)
 * @param script the program that asks, see `credential-process.ts`
 */
export async function serveCredentials(
  folder: string,
  script: string,
  region: string,
  session: () => Promise<Session>,
): Promise<CredentialServer> {
  const { socket, own } = addressIn(folder);
  const open = new Set<Socket>();
  const server = createServer((connection) => {
    open.add(connection);
    connection.on('close', () => open.delete(connection));
    connection.on('error', () => {
      connection.destroy();
    });
    session().then(
      (found) => connection.end(JSON.stringify(answer(found))),
      (error: unknown) => connection.end(JSON.stringify({ error: messageOf(error) })),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(socket, resolve);
  });
  const config = path.join(folder, 'aws-config');
  const program = [process.execPath, script, socket].map((part) => `"${part}"`).join(' ');
  writeFileSync(config, `[default]\nregion = ${region}\ncredential_process = ${program}\n`, { mode: 0o600 });
  // The SDK would merge in what it finds there.
  const shared = path.join(folder, 'aws-credentials');
  writeFileSync(shared, '', { mode: 0o600 });
  return {
    env: {
      AWS_CONFIG_FILE: config,
      AWS_SHARED_CREDENTIALS_FILE: shared,
      AWS_SDK_LOAD_CONFIG: '1',
      AWS_REGION: region,
      AWS_DEFAULT_REGION: region,
      AWS_EC2_METADATA_DISABLED: 'true',
    },
    close: async () => {
      const closed = new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
      });
      // A child that hangs must not keep the action.
      for (const connection of open) connection.destroy();
      await closed;
      if (own !== undefined) rmSync(own, { recursive: true, force: true });
    },
  };
}

interface Address {
  readonly socket: string;
  /** Folder that was made for the socket alone. */
  readonly own?: string;
}

/** A Unix socket's path holds 107 characters at most, on macOS 103; a folder of the system's is short. */
function addressIn(folder: string): Address {
  if (process.platform === 'win32') {
    return { socket: `\\\\.\\pipe\\deploy-action-${randomBytes(8).toString('hex')}` };
  }
  const socket = path.join(folder, 'aws.sock');
  if (Buffer.byteLength(socket) < 100) return { socket };
  const own = mkdtempSync(path.join(tmpdir(), 'da-'));
  return { socket: path.join(own, 'aws.sock'), own };
}

/** The form that `credential_process` prints: AWS SDKs and tools reference guide, process credential provider. */
function answer(session: Session): unknown {
  return {
    Version: 1,
    AccessKeyId: session.accessKeyId,
    SecretAccessKey: session.secretAccessKey,
    SessionToken: session.sessionToken,
    Expiration: session.expiration?.toISOString(),
  };
}
