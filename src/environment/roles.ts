import { ActionError } from '../errors.js';
import type { ResolvedTarget, RoleHop } from './model.js';
import { accountOfRole, PLACEHOLDER_ACCOUNT } from './names.js';
import type { ResolveRequest } from './request.js';
import type { EnvironmentConfig } from './schema/config.js';
import type { RoleChain } from './schema/environment.js';
import { many } from './schema/parts.js';
import { quote } from './wording.js';

type Roles = ResolvedTarget['roles'];
type RoleRequest = Pick<ResolveRequest, 'roles' | 'externalIds' | 'sessionTags'>;

/**
 * The roles on the way to the account: those of the input for every purpose, else the environment's. Where the
 * environment names a role for deployments only, plans take it as well, never the other way.
 * @throws ActionError `resolution`
 */
export function rolesOf(request: RoleRequest, environment: EnvironmentConfig | undefined): Roles {
  const given = request.roles ?? [];
  if (given.length === 0 && (request.externalIds ?? []).length > 0) {
    throw new ActionError(
      'resolution',
      'role-external-id is given without role-to-assume: give the role, or set external-id in the config',
    );
  }
  if (given.length > 0) {
    const hops = given.map((arn, index) => hopOf(arn, externalIdOf(request, index), request.sessionTags));
    return { plan: hops, deploy: hops };
  }
  const deploy = chainOf(environment?.roles?.deploy, request.sessionTags);
  const plan = chainOf(environment?.roles?.plan, request.sessionTags);
  return { plan: plan.length > 0 ? plan : deploy, deploy };
}

/** The account that a chain of roles ends in. */
export function accountOfChain(hops: readonly RoleHop[]): string | undefined {
  return accountOfRole(hops.at(-1)?.arn ?? '');
}

function chainOf(chain: RoleChain | undefined, sessionTags: boolean | undefined): readonly RoleHop[] {
  return many(chain).map((hop) =>
    typeof hop === 'string'
      ? hopOf(hop, undefined, sessionTags)
      : hopOf(hop.arn, hop['external-id'], sessionTags === false ? false : hop['session-tags']),
  );
}

function hopOf(arn: string, externalId: string | undefined, sessionTags: boolean | undefined): RoleHop {
  const account = accountOfRole(arn);
  if (account === undefined) {
    throw new ActionError(
      'resolution',
      `role ${quote(arn)} is no ARN of a role: write it as arn:aws:iam::<account>:role/<name>`,
    );
  }
  if (account === PLACEHOLDER_ACCOUNT) {
    throw new ActionError('resolution', `role ${quote(arn)} has a placeholder account: put the id of the account`);
  }
  return {
    arn,
    ...(externalId === undefined ? {} : { externalId }),
    ...(sessionTags === undefined || sessionTags ? {} : { sessionTags }),
  };
}

/** One id belongs to the last role; several belong to the last roles, since the first often needs none. */
function externalIdOf({ roles = [], externalIds = [] }: RoleRequest, index: number): string | undefined {
  const { length } = externalIds;
  if (length > 1 && length !== roles.length && length !== roles.length - 1) {
    throw new ActionError(
      'resolution',
      `role-external-id has ${length} lines for ${roles.length} roles: give one for the last role, or one for each role after the first`,
    );
  }
  return externalIds[index - (roles.length - length)];
}
