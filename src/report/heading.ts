import { nameList, targetName, targetOf } from './groups.js';
import { code, type Inline, link } from './markdown.js';
import type { Report } from './model.js';

/** Names in the title: a matrix of as many is named whole. */
const MOST = 12;

/** What the report is, in a few words: `Plan for production`. */
export function title(report: Report): Inline[] {
  return [verdict(report), ...forTargets(report)];
}

/** ` for ` and the names of the report's targets; nothing when what failed did so before there was a target. */
export function forTargets(report: Report): Inline[] {
  const all = report.targets.map(targetOf);
  const names = new Set(all.map((target) => targetName(target, all)).filter((name) => name !== ''));
  return names.size > 0 ? [' for ', ...nameList([...names], MOST)] : [];
}

/** Release, version, commit and run. */
export function origin(report: Report): Inline[] {
  const targets = report.targets.map(targetOf);
  const tags = report.targets.flatMap((target) => (target.kind === 'plan' ? [target.plan.source.releaseVersion] : []));
  const repository = /^(https?:\/\/.+)\/actions\/runs\//.exec(report.runUrl)?.[1];
  const commit = code(report.commit.slice(0, 7), 7);
  const parts: Inline[][] = [
    ...named(
      'release',
      targets.map(({ release }) => release),
    ),
    ...named(
      'version',
      targets.map(({ version }) => version),
    ),
    ...named('tag', tags),
    ['commit ', ...(repository === undefined ? [commit] : link(`${repository}/commit/${report.commit}`, commit))],
    link(report.runUrl, 'run'),
  ];
  return parts.flatMap((part, index) => [...(index > 0 ? [' · '] : []), ...part]);
}

function named(label: string, values: readonly string[]): Inline[][] {
  const distinct = [...new Set(values.filter((value) => value !== ''))];
  return distinct.length > 0 ? [[`${label} `, ...nameList(distinct)]] : [];
}

function verdict(report: Report): string {
  const kinds = new Set(report.targets.map(({ kind }) => kind));
  if (kinds.has('failure')) return 'Failure';
  if (!kinds.has('deployment')) return 'Plan';
  const failed = report.targets.some(
    (target) => target.kind === 'deployment' && target.stacks.some(({ result }) => result === 'failed'),
  );
  return failed ? 'Failed deployment' : 'Deployment';
}
