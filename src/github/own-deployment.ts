import type { DeploymentRecord, NewDeploymentStatus, Records } from '../ports.js';

/** Under this name what we make is found again. */
export const TOOL = 'deploy-action';

/** What stands beside a deployment of ours. Public: other tools may read it. */
export interface OwnPayload {
  readonly tool: typeof TOOL;
  readonly kind: 'deploy' | 'rollback' | 'destroy';
  /** `<environment>-<release>-<region>` */
  readonly target: string;
  readonly release: string;
  readonly region: string;
  readonly version: string;
  /** Tag of the release, if there is one. */
  readonly releaseVersion: string;
  /** Of the plan that was reviewed; empty without one. */
  readonly fingerprint: string;
  /** Digest of the assembly. */
  readonly assembly: string;
  readonly commit: string;
  readonly run: string;
  readonly attempt: string;
}

/** Earlier records that are looked through for one of the same target. */
const MOST_SEEN = 200;

export function isOurs({ payload }: DeploymentRecord): boolean {
  return field(payload, 'tool') === TOOL;
}

/**
 * The record of this attempt: the one that an earlier try of it has left, or a new one.
 */
export async function ownDeployment(
  records: Records,
  environment: string,
  { payload, description, transient }: { payload: OwnPayload; description: string; transient: boolean },
): Promise<DeploymentRecord> {
  const same = (['tool', 'kind', 'target', 'run', 'attempt'] as const).map((key) => [key, payload[key]] as const);
  let seen = 0;
  for await (const record of records.deployments(environment)) {
    if (record.commit === payload.commit && same.every(([key, value]) => field(record.payload, key) === value)) {
      return record;
    }
    seen += 1;
    // What this attempt made is among the newest.
    if (seen >= 100) break;
  }
  return records.createDeployment({
    environment,
    commit: payload.commit,
    task: payload.kind,
    description,
    payload: { ...payload },
    transient,
  });
}

/**
 * Marks the record that was in force for the same target until now as inactive, as GitHub does for a whole environment;
 * what else is in the environment stays as it is.
 */
export async function retire(
  records: Records,
  current: DeploymentRecord,
  target: string,
  status: Omit<NewDeploymentStatus, 'state'>,
): Promise<void> {
  let seen = 0;
  for await (const record of records.deployments(current.environment)) {
    seen += 1;
    if (seen > MOST_SEEN) return;
    if (record.id >= current.id || !isOurs(record) || field(record.payload, 'target') !== target) continue;
    const [latest] = await records.statuses(record.id);
    if (latest?.state === 'inactive') return;
    if (latest?.state !== 'success') continue;
    await records.addStatus(record.id, { ...status, state: 'inactive' });
    return;
  }
}

function field(payload: unknown, key: string): unknown {
  return typeof payload === 'object' && payload !== null && Object.hasOwn(payload, key)
    ? (payload as Readonly<Record<string, unknown>>)[key]
    : undefined;
}
