import type { Check } from '../check.js';
import { findingOf } from '../check.js';
import type { ConfigFacts, Facts } from '../facts.js';
import type { Found, Look } from '../model.js';
import { lineAt } from '../wants.js';

/** The config file is read, and what it says fits together. */
export const configFile: Check = {
  id: 'config',
  title: 'the config file',
  look: ({ config }) => ({ found: config.problem === undefined ? [] : [findingOf(config.problem)] }),
};

/** Every release can be resolved in every environment: accounts, regions, roles, versions. */
export const resolution: Check = {
  id: 'resolution',
  title: 'what each release resolves to in each environment',
  look(facts) {
    if (facts.config.problem) return brokenConfig;
    const found = facts.targets.flatMap(({ environment, problem }) => {
      if (problem === undefined) return [];
      const line = lineOf(facts.config, environment, 'environments');
      return [{ ...findingOf(problem), ...line }];
    });
    return { found: distinct(found) };
  },
};

/** A pull request, which anybody may open, should not get the role that deploys. */
export const separateRoles: Check = {
  id: 'separate-roles',
  title: 'that plans have a role of their own',
  look(facts) {
    if (facts.config.problem) return brokenConfig;
    const found = Object.entries(facts.config.config?.environments ?? {}).flatMap(([name, { roles }]): Found[] => {
      if (roles?.deploy === undefined) return [];
      if (roles.plan !== undefined && JSON.stringify(roles.plan) !== JSON.stringify(roles.deploy)) return [];
      return [
        {
          severity: 'warning',
          message: `environment '${name}' takes the role that deploys for plans as well: a pull request can do what a deployment can`,
          mend: `environments.${name}.roles.plan: <ARN of a role that may only read>`,
          ...lineOf(facts.config, name, 'environments'),
        },
      ];
    });
    return { found };
  },
};

/** What a check says when the config file is broken: its own finding tells the rest. */
export const brokenConfig: Look = { found: [], because: ['the config file cannot be read'] };

/** Where a name stands in the config file. */
export function lineOf({ config, text }: ConfigFacts, name: string, below: string): Pick<Found, 'file' | 'line'> {
  if (config === undefined || text === undefined) return {};
  const section = new RegExp(`^${below}:`, 'm').exec(text)?.index ?? 0;
  const inner = new RegExp(`^\\s+["']?${name.replaceAll('.', '\\.')}["']?:`, 'm').exec(text.slice(section));
  return {
    file: config.file,
    line: lineAt(text, section + (inner === null ? 0 : inner.index + inner[0].search(/\S/))),
  };
}

/** The same finding of several releases is told once. */
export function distinct(found: readonly Found[]): readonly Found[] {
  return [...new Map(found.map((one) => [JSON.stringify(one), one])).values()];
}

/** Whether any environment, or the inputs, name roles to take. */
export function takesRoles({ config, inputs }: Facts): boolean {
  const environments = Object.values(config.config?.environments ?? {});
  return (
    inputs.rolesGiven || environments.some(({ roles }) => roles?.deploy !== undefined || roles?.plan !== undefined)
  );
}
