import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../../emulators/programs.js';
import { readPublic } from '../engine/scene.js';
import { callOf, needsOf, type Job, type Step } from '../engine/workflow.js';
import type { WorkflowFile } from './files.js';

/** What is wrong with a file, a line each. */
export type Rule = (file: WorkflowFile) => readonly string[];

const { version } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as { version: string };

const jobs = ({ workflow }: WorkflowFile): readonly (readonly [string, Job])[] => Object.entries(workflow.jobs);
const steps = (file: WorkflowFile): readonly (readonly [string, Step])[] =>
  jobs(file).flatMap(([id, job]) => (job.steps ?? []).map((step) => [id, step] as const));

/** The command that a step runs this action with. */
function commandOf({ uses, with: inputs }: Step): string | undefined {
  return uses?.startsWith('fast-ish/deploy-action@') ? String(inputs?.['command']) : undefined;
}

/** Whether a job runs code of the app, or commands that somebody gives. */
function runsCode({ steps: all = [] }: Job): boolean {
  return all.some((step) => commandOf(step) === 'synth' || JSON.stringify(step.env ?? {}).includes('COMMANDS'));
}

/** Jobs that have what their caller grants, because not every caller has to grant what they can use. */
const INHERITING = ['build/attest', 'diff/report'];

export const RULES: Readonly<Record<string, Rule>> = {
  'external actions are pinned to a commit, with the version in a comment': ({ text }) =>
    [...text.matchAll(/uses: (\S+)(.*)$/gm)].flatMap(([, uses = '', rest = '']) => {
      if (uses.startsWith('./') || uses.startsWith('fast-ish/deploy-action')) return [];
      return /@[0-9a-f]{40}$/.test(uses) && /^ # v\d+\.\d+\.\d+$/.test(rest) ? [] : [uses];
    }),

  'this action is that of the same release': ({ text, kind }) =>
    [...text.matchAll(/uses: (fast-ish\/deploy-action\S*)/g)].flatMap(([, uses = '']) => {
      const wanted = kind === 'public' ? `fast-ish/deploy-action@v${version}` : /\.yml@v1$/;
      return (typeof wanted === 'string' ? uses === wanted : wanted.test(uses)) ? [] : [uses];
    }),

  'nothing is interpolated into a script': (file) =>
    steps(file).flatMap(([id, step]) => {
      // A script is one wherever it stands: `shell` is a command line, and github-script's input is JavaScript.
      const { run = '', shell = '', with: inputs } = step as Step & { readonly shell?: string };
      const scripts = [run, shell, JSON.stringify(inputs?.['script'] ?? '')];
      return scripts.filter((script) => script.includes('${{')).map((script) => `${id}: ${script}`);
    }),

  'what this action is given was downloaded': (file) =>
    jobs(file).flatMap(([id, { steps: all = [] }]) => {
      const downloaded = all.flatMap(({ uses = '', with: inputs }) =>
        uses.startsWith('actions/download-artifact@') ? [String(inputs?.['name'])] : [],
      );
      return all.flatMap((step) =>
        ['assembly', 'plan'].flatMap((input) =>
          commandOf(step) === undefined || step.with?.[input] === undefined
            ? []
            : downloaded.filter((name) => name.startsWith(`${input}-`)).length === 1
              ? []
              : [`${id}: ${input}`],
        ),
      );
    }),

  'what is left is called what it is': (file) =>
    steps(file).flatMap(([id, { uses = '', with: inputs }]) => {
      if (!uses.startsWith('actions/upload-artifact@')) return [];
      const [name, place] = [String(inputs?.['name']), String(inputs?.['path'])];
      const [, kind] = /^(assembly|plan)-/.exec(name) ?? [];
      return kind === undefined || place.includes(kind) ? [] : [`${id}: ${name}`];
    }),

  'a caller that deploys does so in one run at a time, and none is cancelled': ({ kind, workflow, text }) => {
    if (kind !== 'caller' || !/workflows\/(?:release|deploy)\.yml@/.test(text)) return [];
    const groups = [workflow, ...Object.values(workflow.jobs)].flatMap(({ concurrency }) => concurrency ?? []);
    const good = groups.some(
      (one) => typeof one === 'string' || (one as Readonly<Record<string, unknown>>)['cancel-in-progress'] === false,
    );
    return good ? [] : ['concurrency'];
  },

  'every input has a type, a description and a default, or is required': ({ workflow }) =>
    Object.entries(callOf(workflow)?.inputs ?? {}).flatMap(([name, input]) =>
      ['string', 'boolean', 'number'].includes(input.type ?? '') &&
      /^\S.{10,}[.)\]]$/.test(input.description ?? '') &&
      ('default' in input || input.required === true)
        ? []
        : [name],
    ),

  'every secret and output is described': ({ workflow }) => {
    const call = callOf(workflow);
    return Object.entries({ ...call?.secrets, ...call?.outputs }).flatMap(([name, entry]) =>
      /\.$/.test(entry?.description ?? '') ? [] : [name],
    );
  },

  'secrets are passed by name': (file) =>
    jobs(file).flatMap(([id, { secrets }]) => (secrets === 'inherit' ? [id] : [])),

  'every job says what it may do, or is one that has what its caller grants': (file) =>
    jobs(file).flatMap(([id, { permissions }]) =>
      permissions === undefined && !INHERITING.includes(`${file.name}/${id}`) ? [id] : [],
    ),

  'every permission has its reason': ({ text }) =>
    [...text.matchAll(/^ +[a-z-]+: (?:read|write)(.*)$/gm)].flatMap(([line, reason = '']) =>
      /^ # \S.+/.test(reason) ? [] : [line.trim()],
    ),

  'the job that runs code may read the repository, and nothing else': (file) =>
    jobs(file).flatMap(([id, job]) => {
      if (!runsCode(job)) return [];
      const alone = JSON.stringify(job.permissions) === '{"contents":"read"}';
      // The token is this action's default, and so in its environment, which the app can read.
      const none = (job.steps ?? []).every(
        (step) => commandOf(step) === undefined || step.with?.['github-token'] === '',
      );
      const secret = /\bsecrets\b|\bgithub\.token\b/.test(JSON.stringify(job));
      return alone && none && !secret && job.environment === undefined ? [] : [id];
    }),

  'a job that takes a role has an identity, and no other one has': (file) =>
    jobs(file).flatMap(([id, job]) => {
      if (job.steps === undefined || INHERITING.includes(`${file.name}/${id}`)) return [];
      const takes = job.steps.some((step) => ['diff', 'deploy', 'bootstrap'].includes(commandOf(step) ?? ''));
      const has = JSON.stringify(job.permissions ?? {}).includes('"id-token":"write"');
      return takes === has ? [] : [id];
    }),

  'what deploys does so in its environment, one at a time, and is not cancelled': (file) =>
    jobs(file).flatMap(([id, { steps: all = [], environment, concurrency }]) => {
      const deploys = all.some(
        (step) =>
          commandOf(step) === 'deploy' || (commandOf(step) === 'bootstrap' && step.with?.['only-check'] === undefined),
      );
      if (!deploys) return environment === undefined ? [] : [id];
      const { group, 'cancel-in-progress': cancel, queue } = (concurrency ?? {}) as Readonly<Record<string, unknown>>;
      const single = String(group).includes('matrix.target.') && cancel === false && queue === 'max';
      return single && environment === '${{ matrix.target.environment }}' ? [] : [id];
    }),

  'a checkout keeps no token': (file) =>
    steps(file).flatMap(([id, { uses = '', with: inputs }]) =>
      uses.startsWith('actions/checkout@') && inputs?.['persist-credentials'] !== false ? [id] : [],
    ),

  'what a job reads of another one is there': ({ workflow }) =>
    Object.entries(workflow.jobs).flatMap(([id, job]) => {
      const read = [...JSON.stringify(job).matchAll(/needs\.([\w-]+)\.(?:result|outputs\.([\w-]+))/g)];
      return read.flatMap(([whole, from = '', name]) => {
        if (!needsOf(job).includes(from)) return [`${id}: ${whole}`];
        return name === undefined || outputsOf(workflow.jobs[from]).includes(name) ? [] : [`${id}: ${whole}`];
      });
    }),

  'inputs and outputs of this action are those of action.yml': (file) => {
    const action = readFileSync(path.join(ROOT, 'action.yml'), 'utf8');
    const has = (name: string): boolean => new RegExp(`^  ${name}:$`, 'm').test(action);
    const inputs = steps(file).flatMap(([, step]) =>
      commandOf(step) === undefined ? [] : Object.keys(step.with ?? {}).filter((name) => !has(name)),
    );
    const ours = new Set(steps(file).flatMap(([, step]) => (commandOf(step) && step.id ? [step.id] : [])));
    const outputs = [...file.text.matchAll(/steps\.([\w-]+)\.outputs\.([\w-]+)/g)].flatMap(
      ([whole, id = '', name = '']) => (ours.has(id) && has(name) ? [] : [whole]),
    );
    return [...inputs, ...outputs];
  },
};

function outputsOf(job: Job | undefined): readonly string[] {
  if (job?.uses === undefined) return Object.keys(job?.outputs ?? {});
  return Object.keys(callOf(readPublic(job.uses))?.outputs ?? {});
}

/** Names of artifacts, with `*` for what is filled in. */
function artifacts(files: readonly WorkflowFile[], action: string): readonly string[] {
  return files.flatMap((file) =>
    steps(file).flatMap(([, { uses = '', with: inputs }]) => {
      if (!uses.startsWith(`actions/${action}-artifact@`)) return [];
      return [String(inputs?.['name'] ?? inputs?.['pattern']).replace(/\$\{\{.*?\}\}/g, '*')];
    }),
  );
}

/** Artifacts that are asked for and that no job leaves. */
export function missingArtifacts(files: readonly WorkflowFile[]): readonly string[] {
  const left = artifacts(files, 'upload');
  return artifacts(files, 'download').filter(
    (wanted) => !left.some((name) => name === wanted || path.matchesGlob(name.replace('*', 'x'), wanted)),
  );
}
