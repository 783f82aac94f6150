import { chooseEnvironment } from '../../environment/choose-environment.js';
import type { Config } from '../../environment/config.js';
import type { EventContext } from '../../environment/event.js';
import { messageOf } from '../../errors.js';
import type { Check } from '../check.js';
import type { Facts } from '../facts.js';
import type { Found } from '../model.js';
import type { WorkflowFile, WorkflowJob } from '../workflow-file.js';
import { brokenConfig, distinct, takesRoles } from './config.js';

/** Commands that ask nothing of AWS. A synthesis does without as well. */
const WITHOUT_AWS = new Set(['resolve', 'report', 'synth', 'metrics']);
/** Commands that write a comment. */
const COMMENTING = new Set(['diff', 'prepare', 'report', 'deploy']);
const OF_PULL_REQUESTS = new Set(['pull_request', 'pull_request_target', 'issue_comment']);

/** Each job that uses the action has the permissions that its commands need. */
export const permissions: Check = {
  id: 'workflow-permissions',
  title: 'the permissions in the workflows',
  look: (facts) => ({
    found: facts.workflows.flatMap((workflow) => workflow.jobs.flatMap((job) => missing(workflow, job, facts))),
  }),
};

function missing(workflow: WorkflowFile, job: WorkflowJob, facts: Facts): readonly Found[] {
  const { steps, calls, uses } = job;
  const finding = (scope: string, severity: Found['severity'], why: string): Found => ({
    severity,
    message: `job '${job.id}' has no ${scope}, ${why}`,
    mend: `jobs.${job.id}.permissions.${scope}`,
    file: workflow.file,
    line: job.line,
  });
  const asksAws = calls || steps.some(({ command }) => !WITHOUT_AWS.has(command));
  const roles = takesRoles(facts) || steps.some(({ inputs }) => inputs['role-to-assume'] !== undefined);
  const comments =
    workflow.on.some(({ event }) => OF_PULL_REQUESTS.has(event)) &&
    steps.some(
      ({ command, inputs }) => COMMENTING.has(command) && inputs['comment'] !== 'false' && !inputs['github-token'],
    );
  const checksOut = uses.some(({ ref }) => /^actions\/checkout@/.test(ref));
  // A public repository is read by anybody.
  const isPublic = 'value' in facts.job.token && facts.job.token.value.privateRepository === false;
  return [
    // The one permission that no setting of a repository gives.
    ...(asksAws && roles && !grants(job, 'id-token', 'write', false)
      ? [finding('id-token: write', 'error', 'so that GitHub gives it no token to take the role with')]
      : []),
    ...(comments && !grants(job, 'pull-requests', 'write', true)
      ? [finding('pull-requests: write', 'warning', 'so that it cannot comment')]
      : []),
    ...(checksOut && !isPublic && !grants(job, 'contents', 'read', true)
      ? [finding('contents: read', 'error', 'so that it cannot check the code out')]
      : []),
  ];
}

/** @param byDefault where neither job nor workflow says anything */
function grants(
  { permissions: given }: WorkflowJob,
  scope: string,
  wanted: 'read' | 'write',
  byDefault: boolean,
): boolean {
  if (given === undefined) return byDefault;
  const value = given[scope] ?? given['all'];
  return value === 'write' || value === wanted;
}

/** Somebody who moves a tag runs their code with this job's roles. */
export const pinned: Check = {
  id: 'pinned-actions',
  title: 'that actions are pinned to a commit',
  look: ({ workflows }) => ({
    found: workflows.flatMap(({ file, jobs }) => {
      const refs = jobs.flatMap(({ uses }) => uses).filter(({ ref }) => isMutable(ref));
      return [...new Map(refs.toReversed().map((use) => [use.ref, use])).values()]
        .toReversed()
        .map(({ ref, line }): Found => ({
          severity: 'info',
          message: `'${ref}' may be moved to other code`,
          mend: `uses: ${ref.slice(0, ref.lastIndexOf('@'))}@<commit> # ${ref.slice(ref.lastIndexOf('@') + 1)}`,
          file,
          line,
        }));
    }),
  }),
};

function isMutable(ref: string): boolean {
  return !/^(?:\.|\$)\//.test(ref) && !/@(?:[0-9a-f]{40}|sha256:[0-9a-f]{64})$/.test(ref);
}

/** Every event that starts the action leads to one environment. */
export const leads: Check = {
  id: 'when',
  title: 'that the events of the workflows lead to an environment',
  look({ workflows, config }) {
    if (config.problem) return brokenConfig;
    const { config: read } = config;
    if (read === undefined) return { found: [] };
    return {
      found: distinct(
        workflows.flatMap(({ file, on, jobs }) =>
          jobs
            .filter(({ steps }) => steps.some(({ command, inputs }) => command !== 'report' && !inputs['environment']))
            .flatMap(({ line }) => on.flatMap(eventsOf).flatMap((event) => astray(event, read, { file, line }))),
        ),
      ),
    };
  },
};

function astray(event: EventContext, config: Config, place: Pick<Found, 'file' | 'line'>): readonly Found[] {
  try {
    chooseEnvironment({}, event, config);
    return [];
  } catch (error) {
    const message = messageOf(error).split(': ', 1)[0] ?? '';
    const several = message.includes('leads to');
    const key = event.name.replaceAll('_', '-');
    const names = Object.keys(config.environments ?? {});
    const branch = event.baseBranch ?? event.branch;
    const value = branch === undefined ? 'true' : `{ branches: [${branch}] }`;
    return [
      {
        severity: 'error',
        message,
        mend: several
          ? `narrow one environment's when.${key} in ${config.file}`
          : `environments.<${names.join(' | ')}>.when.${key}: ${key === 'release' ? 'published' : value}`,
        ...place,
      },
    ];
  }
}

/** Branches that stand for themselves; a pattern may lead anywhere. */
const LITERAL = /^[\w./-]+$/;

function eventsOf({ event, branches, tags }: WorkflowFile['on'][number]): readonly EventContext[] {
  const base = { name: event, ref: '', inputs: {}, sha: '', repository: '', fork: false };
  const literal = (branches ?? ['main']).filter((name) => LITERAL.test(name));
  switch (event) {
    case 'push': {
      if (branches === undefined && tags !== undefined) return [];
      return literal.map((branch) => ({ ...base, branch, ref: `refs/heads/${branch}` }));
    }
    case 'pull_request':
    case 'pull_request_target':
    case 'merge_group':
      return literal.map((baseBranch) => ({ ...base, baseBranch }));
    case 'release':
      return [{ ...base, action: 'published', tag: 'v1.0.0', prerelease: false }];
    default:
      // What starts by hand, or by the clock, names its environment when it runs.
      return [];
  }
}
