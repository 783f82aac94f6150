import type { JobFacts } from '../../doctor/facts.js';
import { known, unknown } from '../../doctor/model.js';
import { eventFrom } from '../../environment/event.js';
import { messageOf } from '../../errors.js';
import type { DoctorInputs } from '../../inputs.js';
import type { Context } from '../context.js';
import { originOf } from './git.js';

/** Whether this process is a job on GitHub. */
export function isOnGitHub({ env }: Context): boolean {
  return env['GITHUB_ACTIONS'] === 'true';
}

/** What GitHub gives this job. */
export async function jobFacts(inputs: DoctorInputs, context: Context): Promise<JobFacts> {
  const { env, payload } = context;
  return {
    repository: env['GITHUB_REPOSITORY'] || (await originOf(context)),
    identity: Boolean(env['ACTIONS_ID_TOKEN_REQUEST_URL']),
    fork: eventFrom(env, payload).fork,
    token: await tokenFacts(inputs, context),
  };
}

async function tokenFacts({ githubToken, pullRequest }: DoctorInputs, context: Context): Promise<JobFacts['token']> {
  if (!isOnGitHub(context)) return unknown('this is no job on GitHub');
  if (!githubToken) return unknown('there is no github-token');
  const number = Number(pullRequest.replace('#', '')) || eventFrom(context.env, context.payload).pullRequest;
  try {
    const github = await context.ports.github(githubToken);
    const access = await github.access?.(number);
    return access === undefined ? unknown('GitHub cannot be asked') : known(access);
  } catch (error) {
    return unknown(`GitHub does not answer: ${messageOf(error)}`);
  }
}
