import type { Exceptions } from './model.js';
import { accountOfChain, rolesOf } from './roles.js';
import type { ConfigFile, EnvironmentConfig } from './schema/config.js';

/** What a config says of gates. */
export interface Gates {
  readonly gates: readonly string[];
  readonly exceptions: Exceptions;
}

/** The exceptions of an environment; without any, nothing passes. */
export function exceptionsOf(own: EnvironmentConfig | undefined): Exceptions {
  const { types = [], ids = [], label } = own?.exceptions ?? {};
  return { types, ids, ...(label === undefined ? {} : { label }) };
}

/**
 * What the base's config says of gates for a place. An environment that the base does not know, or knows for another
 * account, has the gates of every environment of this account as well: another name is no way around them.
 * @param account 12 digits, of the credentials
 */
export function gatesOnBase(
  base: ConfigFile,
  place: { readonly environment: string; readonly account: string },
): Gates {
  const all = Object.entries(base.environments ?? {});
  const own = all.find(([name]) => name === place.environment)?.[1];
  const known = own !== undefined && (accountOf(own) ?? place.account) === place.account;
  const others = known ? [] : all.map(([, other]) => other).filter((other) => accountOf(other) === place.account);
  const gates = [own, ...others].flatMap((environment) => environment?.gates ?? []);
  return { gates: [...new Set(gates)], exceptions: known ? exceptionsOf(own) : exceptionsOf(undefined) };
}

function accountOf(environment: EnvironmentConfig): string | undefined {
  return environment.account ?? accountOfChain(rolesOf({}, environment).deploy);
}
