import { ActionError } from '../errors.js';
import type { Config } from './config.js';
import type { Decision } from './decision.js';
import type { RoleHop } from './model.js';
import { ACCOUNT, PLACEHOLDER_ACCOUNT, REGION } from './names.js';
import type { ResolveRequest } from './request.js';
import { accountOfChain } from './roles.js';
import type { EnvironmentConfig } from './schema/config.js';
import { quote } from './wording.js';

/** An environment by its name, with what the config says of it. */
export interface Place {
  readonly environment: string;
  readonly own: EnvironmentConfig | undefined;
  readonly config: Config | undefined;
}

/**
 * The regions: that of the input, else the environment's, else that of the process.
 * @throws ActionError `resolution`
 */
export function chooseRegions(
  request: ResolveRequest,
  { environment, own, config }: Place,
): Decision<readonly string[]> {
  if (request.region)
    return { value: [checked(request.region, 'the input aws-region')], source: 'the input aws-region' };
  const regions = own?.regions ?? (own?.region === undefined ? [] : [own.region]);
  if (regions.length > 0) {
    const key = own?.regions === undefined ? 'region' : 'regions';
    return { value: [...new Set(regions)], source: `environments.${environment}.${key} in ${config?.file ?? ''}` };
  }
  if (request.ambientRegion) return { value: [checked(request.ambientRegion, 'AWS_REGION')], source: 'AWS_REGION' };
  const configured = own === undefined ? '' : `, or environments.${environment}.region in ${config?.file ?? ''}`;
  throw new ActionError(
    'resolution',
    `environment ${quote(environment)} has no region: set the input aws-region${configured}`,
  );
}

/**
 * The account: the environment's, else that of the last role. Undefined when neither names one: then it is that of the
 * credentials.
 * @throws ActionError `resolution` for an id that is none, for roles that end in another account, and for an account
 * that is not among `allowed-account-ids`
 */
export function chooseAccount(
  request: Pick<ResolveRequest, 'allowedAccountIds'>,
  { environment, own, config }: Place,
  roles: { readonly plan: readonly RoleHop[]; readonly deploy: readonly RoleHop[] },
): Decision<string | undefined> {
  const allowed = (request.allowedAccountIds ?? []).map((account) => checkedAccount(account, 'allowed-account-ids'));
  const key = `environments.${environment}.account in ${config?.file ?? ''}`;
  const account = own?.account === undefined ? undefined : checkedAccount(own.account, key);
  const decided = account ?? accountOfChain(roles.deploy) ?? accountOfChain(roles.plan);
  for (const chain of [roles.plan, roles.deploy]) {
    const arn = chain.at(-1)?.arn ?? '';
    const reached = accountOfChain(chain);
    if (reached === undefined || reached === decided) continue;
    const expected = account === undefined ? `the deploying role leads to ${decided ?? ''}` : `${key} is ${account}`;
    throw new ActionError(
      'resolution',
      `role ${quote(arn)} leads to account ${reached}, but ${expected}: make them agree`,
    );
  }
  if (decided !== undefined && allowed.length > 0 && !allowed.includes(decided)) {
    throw new ActionError(
      'resolution',
      `account ${decided} of environment ${quote(environment)} is not allowed: allowed-account-ids has ${allowed.join(', ')}; add it there, or go to another environment`,
    );
  }
  if (account !== undefined) return { value: account, source: key };
  return decided === undefined
    ? { value: undefined, source: 'the credentials' }
    : { value: decided, source: 'the last role' };
}

function checkedAccount(account: string, source: string): string {
  if (account === PLACEHOLDER_ACCOUNT) {
    throw new ActionError(
      'resolution',
      `account ${quote(account)} (${source}) is a placeholder: put the id of the account`,
    );
  }
  if (ACCOUNT.test(account)) return account;
  throw new ActionError(
    'resolution',
    `account ${quote(account)} (${source}) is not 12 digits: put the id of the account`,
  );
}

function checked(region: string, source: string): string {
  if (REGION.test(region)) return region;
  throw new ActionError('resolution', `region ${quote(region)} (${source}) is no region: write it as us-west-2`);
}
