import { findingOf, type Check } from '../check.js';
import type { ChainFacts, PlaceFacts, RoleFacts } from '../facts.js';
import { lookAt, together, valueOf, type Found, type Look } from '../model.js';
import { conditionLine, lets, trustedSubjects } from '../trust-policy.js';

/** AWS's limit for a session that was made with another role's session, in seconds. */
const CHAINED_SECONDS = 3600;
const TOO_LONG = /MaxSessionDuration|DurationSeconds exceeds/;
/** Nobody but a job on GitHub takes these roles. */
const NO_JOB: Look = { found: [], because: ['this is no job on GitHub'] };
/** What is refused before any trust policy is looked at. */
const NO_TOKEN = /gives this job no OIDC token/;

/** There is a way into the account, and it is the right one. */
export const access: Check = {
  id: 'access',
  title: 'the credentials and their account',
  look: ({ places }) => {
    const all = valueOf(places);
    if (all === undefined) return lookAt(places, () => []);
    const problems = all.flatMap(({ accessProblem }) => accessProblem ?? []);
    return together(problems.map((fact) => lookAt(fact, (problem) => [findingOf(problem)])));
  },
};

/** Each role lets this repository's jobs in, whichever form their subject has. */
export const trust: Check = {
  id: 'trust',
  title: 'the trust policies of the roles',
  look: ({ places, onGitHub }) => {
    if (!onGitHub) return NO_JOB;
    const all = valueOf(places);
    return all === undefined ? lookAt(places, () => []) : together(all.map(lookTrust));
  },
};

function lookTrust(place: PlaceFacts): Look {
  return together(place.chains.map((chain) => lookChain(chain, place)));
}

function lookChain(chain: ChainFacts, place: PlaceFacts): Look {
  const { refused } = chain;
  if (refused === undefined || NO_TOKEN.test(refused) || TOO_LONG.test(refused)) return { found: [] };
  const first = place.roles.find(({ purpose, first }) => first && purpose === chain.purpose);
  if (first === undefined) return { found: [] };
  const late = chain.arns.slice(1).find((arn) => refused.startsWith(`role ${arn} cannot be taken`));
  if (late !== undefined) return { found: [laterHop(late, chain, refused)] };
  const others = place.chains.some((other) => other.refused === undefined);
  // The role of the other kind of job need not trust this one: only its policy can tell.
  if (chain.purpose !== place.main && others) return lookPolicy(first, place);
  return { found: [refusal(first, place, refused)] };
}

function refusal({ arn, settings }: RoleFacts, place: PlaceFacts, refused: string): Found {
  const subjects = valueOf(place.subjects) ?? [];
  const accepted = trustedSubjects(valueOf(settings)?.trustPolicy ?? '');
  if (/No OpenIDConnect provider/i.test(refused)) {
    return {
      severity: 'error',
      message: `the account of role ${arn} does not know GitHub's identity provider`,
      mend: 'aws iam create-open-id-connect-provider --url https://token.actions.githubusercontent.com --client-id-list sts.amazonaws.com',
    };
  }
  return {
    severity: 'error',
    message:
      `role ${arn} refuses this job, whose subject is '${subjects[0] ?? 'unknown'}'` +
      (accepted === undefined ? '' : `: its trust policy has '${accepted.join("', '")}'`),
    mend: conditionLine(subjects),
  };
}

function laterHop(arn: string, { arns }: ChainFacts, refused: string): Found {
  const before = arns[arns.indexOf(arn) - 1] ?? '';
  return {
    severity: 'error',
    message: refused.split('; ', 1)[0] ?? refused,
    mend: `in the trust policy of ${arn}: "Principal": { "AWS": "${before}" }, "Action": "sts:AssumeRole"`,
  };
}

/** A policy that names the repository, but in the form alone that its jobs' subjects no longer have. */
function lookPolicy(role: RoleFacts, { subjects }: PlaceFacts): Look {
  const policy = valueOf(role.settings);
  const forms = valueOf(subjects);
  if (policy === undefined || forms === undefined) {
    return { found: [], because: [`role ${role.arn} is not for this job, and its trust policy may not be read`] };
  }
  const patterns = trustedSubjects(policy.trustPolicy) ?? [];
  const [now = '', ...others] = forms.map(repositoryOf);
  const isFor = (repository: string) => (pattern: string) => lets(repositoryOf(pattern), repository);
  if (patterns.some(isFor(now))) return { found: [] };
  const kept = patterns.filter((pattern) => others.some((other) => isFor(other)(pattern)));
  const rests = kept.length > 0 ? kept.map((pattern) => pattern.split(':').slice(2).join(':') || '*') : ['*'];
  const wanted = rests.flatMap((rest) => [now, ...others].map((repository) => `repo:${repository}:${rest}`));
  return {
    found: [
      {
        severity: 'error',
        message: `role ${role.arn} lets no job of this repository in: its trust policy has '${patterns.join("', '") || 'no subject'}'`,
        mend: conditionLine([...new Set(wanted)]),
      },
    ],
  };
}

/** `acme/web` of `repo:acme/web:ref:refs/heads/main`; a bare `*` is everybody's. */
function repositoryOf(subject: string): string {
  return subject === '*' ? '*' : (subject.split(':')[1] ?? '');
}

/** Sessions may be as long as they are asked to be. */
export const sessions: Check = {
  id: 'session-length',
  title: 'the length of the sessions',
  look({ places, inputs, onGitHub }) {
    if (!onGitHub) return NO_JOB;
    const { durationSeconds: asked } = inputs;
    return lookAt(places, (all) =>
      all.flatMap(({ roles, chains }): Found[] => [
        ...chains.flatMap(({ refused = '', arns }): Found[] =>
          TOO_LONG.test(refused) ? [tooLong(arns[0] ?? '', asked, CHAINED_SECONDS)] : [],
        ),
        ...roles.flatMap(({ arn, first, settings }): Found[] => {
          const most = valueOf(settings)?.maxSessionSeconds;
          const told = chains.some(({ refused = '', arns }) => TOO_LONG.test(refused) && arns[0] === arn);
          return first && !told && most !== undefined && most < asked ? [tooLong(arn, asked, most)] : [];
        }),
        ...(asked > CHAINED_SECONDS && chains.some(({ arns }) => arns.length > 1)
          ? ([
              {
                severity: 'info',
                message: `role-duration-seconds ${asked} holds for the first role of a chain alone: AWS gives the others ${CHAINED_SECONDS}`,
                mend: `role-duration-seconds: ${CHAINED_SECONDS}`,
              },
            ] as const)
          : []),
      ]),
    );
  },
};

function tooLong(arn: string, asked: number, most: number): Found {
  return {
    severity: 'error',
    message: `role-duration-seconds ${asked} is longer than role ${arn} allows`,
    mend: `role-duration-seconds: ${most}`,
  };
}
