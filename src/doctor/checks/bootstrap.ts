import type { Check } from '../check.js';
import type { BootstrapFacts, Facts } from '../facts.js';
import { lookAt, together, valueOf, type Found, type Look } from '../model.js';

/** Stacks of the CDK 2 ask for this version. CDK: `DefaultStackSynthesizer`, MIN_BOOTSTRAP_STACK_VERSION. */
const NEEDED = 6;
/** The deploy role may roll back from this version on. CDK CLI: `cdk rollback`. */
const ROLLS_BACK = 23;

function ofPlaces(facts: Facts, found: (bootstrap: BootstrapFacts) => readonly Found[]): Look {
  const places = valueOf(facts.places);
  if (places === undefined) return lookAt(facts.places, () => []);
  return together(places.map(({ bootstrap }) => lookAt(bootstrap, found)));
}

/** The account and region are bootstrapped, and recently enough. */
export const bootstrapVersion: Check = {
  id: 'bootstrap-version',
  title: "the bootstrap's version",
  look: (facts) =>
    ofPlaces(facts, ({ account, region, version, qualifier }): Found[] => {
      const again = `npx cdk bootstrap aws://${account}/${region}`;
      const where = `${account} ${region}`;
      const { inputs } = facts;
      if (qualifier !== undefined && qualifier !== inputs.qualifier) {
        const message = `${inputs.toolkitStackName} in ${where} has the qualifier '${qualifier}', the run's is '${inputs.qualifier}'`;
        return [{ severity: 'error', message, mend: `qualifier: ${qualifier}` }];
      }
      if (version === undefined) return [{ severity: 'error', message: `${where} is not bootstrapped`, mend: again }];
      if (version < NEEDED) {
        const message = `the bootstrap of ${where} has version ${version}, stacks of the CDK 2 need ${NEEDED}`;
        return [{ severity: 'error', message, mend: again }];
      }
      if (version >= ROLLS_BACK) return [];
      const message = `the bootstrap of ${where} has version ${version}: its role may not roll back, which ${ROLLS_BACK} may`;
      return [{ severity: 'warning', message, mend: again }];
    }),
};

/** The bootstrap's roles can be taken with the credentials of the run. */
export const bootstrapRoles: Check = {
  id: 'bootstrap-roles',
  title: "the bootstrap's roles",
  look: (facts) =>
    ofPlaces(facts, ({ version, roles }): readonly Found[] =>
      // Where nothing is bootstrapped that is all there is to say.
      version === undefined
        ? []
        : roles.flatMap(({ arn, kind, refused }): Found[] =>
            refused === undefined
              ? []
              : [
                  {
                    severity: kind === 'deploy' || kind === 'file-publishing' ? 'error' : 'warning',
                    message: `the bootstrap's role for ${kind.replaceAll('-', ' ')} cannot be taken: ${refused}`,
                    mend: `give the run's role { "Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "${arn}" }`,
                  },
                ],
          ),
    ),
};

/** CloudFormation has a role to work with. */
export const executionRole: Check = {
  id: 'execution-role',
  title: 'the role that CloudFormation works with',
  look: (facts) => {
    const places = valueOf(facts.places);
    if (places === undefined) return lookAt(facts.places, () => []);
    return together(
      places.map(({ bootstrap }) => {
        const known = valueOf(bootstrap);
        if (known === undefined) return lookAt(bootstrap, () => []);
        if (known.version === undefined) return { found: [] };
        const { account, region } = known;
        return lookAt(known.execution, ({ arn, there }): readonly Found[] =>
          there
            ? []
            : [
                {
                  severity: 'error',
                  message: `role ${arn}, which CloudFormation works with, is not there`,
                  mend: `npx cdk bootstrap aws://${account}/${region}`,
                },
              ],
        );
      }),
    );
  },
};
