import type { CredentialServer, ServeCredentials, Session } from '../../src/ports.js';

/** What was served, and whether it was closed. */
export interface Served {
  readonly folder: string;
  readonly region: string;
  readonly session: () => Promise<Session>;
  closed: boolean;
}

/** Serves nobody, and remembers what it was to serve. */
export class FakeCredentials {
  readonly served: Served[] = [];

  readonly serve: ServeCredentials = (folder, region, session): Promise<CredentialServer> => {
    const entry: Served = { folder, region, session, closed: false };
    this.served.push(entry);
    const close = (): Promise<void> => {
      entry.closed = true;
      return Promise.resolve();
    };
    return Promise.resolve({ env: { AWS_CONFIG_FILE: `${folder}/config` }, close });
  };
}
