import type { Section } from './budget.js';
import { targetName, targetOf } from './groups.js';
import { code, fence, heading, type Inline, paragraph } from './markdown.js';
import type { Report, ReportTarget, ResourceFailure, StackOutcome } from './model.js';
import { counted, cutMiddle } from './text.js';

/** Something that went wrong, with its cause in the words of the one who said so. */
interface Failure {
  readonly title: readonly Inline[];
  readonly cause: string;
  /** What to do about it. */
  readonly wayOut?: string;
}

/** What failed, before all else: commands with their cause, stacks with the first resource that failed. */
export function failureSection(report: Report, beyond: (what: string) => string): Section {
  const failures = failuresOf(report);
  const form = (limit: number) => () => ({
    opening: heading(3, 'What failed'),
    rows: blocks(failures, limit),
    separator: '\n\n' as const,
  });
  return {
    total: failures.length,
    forms: [form(6_000), form(600), form(100)],
    beyond: (count) => beyond(counted(count, 'more failure')),
  };
}

function* blocks(failures: readonly Failure[], limit: number): Generator<string> {
  for (const { title, cause, wayOut } of failures) {
    const end = wayOut === undefined ? '' : `\n\n${paragraph(wayOut)}`;
    yield `${paragraph(...title)}\n\n${fence('text', cutMiddle(cause, limit))}${end}`;
  }
}

function failuresOf(report: Report): Failure[] {
  const all = report.targets.map(targetOf);
  return report.targets.flatMap((target): Failure[] => {
    if (target.kind === 'plan') return [];
    const place = placeOf(target.target, all);
    if (target.kind === 'deployment') return target.stacks.flatMap((stack) => stackFailure(stack, place));
    return [{ title: [code(target.command, 60), ' failed', ...place, ':'], cause: target.cause }];
  });
}

function placeOf(target: ReportTarget, all: readonly ReportTarget[]): Inline[] {
  return all.length > 1 ? [' for ', code(targetName(target, all))] : [];
}

function stackFailure(stack: StackOutcome, place: readonly Inline[]): Failure[] {
  const end = stack.wayOut === undefined ? {} : { wayOut: stack.wayOut };
  if (stack.failure) {
    return [{ title: resourceTitle(stack.failure, stack, place), cause: stack.failure.reason, ...end }];
  }
  if (stack.result !== 'failed') return [];
  return [{ title: [code(stack.id), ' failed', ...place, ':'], cause: stack.status ?? 'no reason was given', ...end }];
}

function resourceTitle(failure: ResourceFailure, stack: StackOutcome, place: readonly Inline[]): Inline[] {
  const at: Inline[] = failure.source === undefined ? [] : [' at ', code(failure.source)];
  return [
    ...[code(failure.path ?? failure.logicalId), ' (', code(failure.type), ') in ', code(stack.id), ' failed'],
    ...[...place, ...at, ':'],
  ];
}
