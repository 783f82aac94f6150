import { isObject, type JsonObject } from './json.js';
import type { Finding } from './model.js';

/** A check of the user's own, as the config names it. */
export interface Check {
  readonly name: string;
  /** A command. */
  readonly run: string;
  /** Of findings that tell none. @default error */
  readonly severity?: Finding['severity'];
}

/** What a check's command did. */
export interface CheckRun {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Characters of output: a check that prints more has printed something else. */
const LONGEST_OUTPUT = 1024 * 1024;

/** Findings of one check; the rest is counted. */
const MOST_FINDINGS = 500;

/** Characters of a message. */
const LONGEST_MESSAGE = 2_000;

const SEVERITIES: readonly Finding['severity'][] = ['info', 'warning', 'error'];

/**
 * What a check found: one JSON list of findings, one finding, or one on each line. A check that failed without a
 * finding, or that printed something else, is a finding of severity `error` itself: a policy that could not be looked at
 * is not kept.
 */
export function findingsOf(check: Check, { exitCode, stdout, stderr }: CheckRun): readonly Finding[] {
  const broken = (message: string): Finding => ({ check: check.name, severity: 'error', message: cut(message) });
  if (stdout.length > LONGEST_OUTPUT) {
    return [broken(`printed ${stdout.length} characters, more than ${LONGEST_OUTPUT}: print findings alone`)];
  }
  const items = itemsIn(stdout);
  if (exitCode !== 0 && (items === undefined || items.length === 0)) {
    const last = lineOf(stderr, -1) ?? lineOf(stdout, -1);
    return [broken(`failed with exit code ${exitCode}${last === undefined ? ' and said nothing' : `: ${last}`}`)];
  }
  if (items === undefined) {
    return [broken(`printed no JSON but: ${lineOf(stdout, 0) ?? ''}`)];
  }
  const findings = items.map((item, index) => {
    const problem = problemOf(item);
    return problem === undefined
      ? findingOf(check, item as JsonObject)
      : broken(`finding ${index + 1} ${problem}: ${JSON.stringify(item)}`);
  });
  return within(findings, check);
}

/** The values of an output, whatever they are; undefined when it is no JSON. */
function itemsIn(text: string): readonly unknown[] | undefined {
  if (text.trim() === '') return [];
  const whole = parsed(text);
  if (whole !== undefined) return [whole.value].flat();
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const values = lines.map(parsed);
  return values.every((value) => value !== undefined) ? values.map(({ value }) => value) : undefined;
}

function parsed(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text.replace(/^\uFEFF/, '')) };
  } catch {
    return undefined;
  }
}

/** What keeps a value from being a finding. */
function problemOf(item: unknown): string | undefined {
  if (!isObject(item)) return 'is no object with a message';
  const { message, severity, stack, logicalId } = item;
  if (typeof message !== 'string' || message.trim() === '') return 'has no message';
  if (severity !== undefined && !isSeverity(severity)) {
    return `has the severity ${JSON.stringify(severity)}, which is none of ${SEVERITIES.join(', ')}`;
  }
  const wrong = Object.entries({ stack, logicalId }).find(
    ([, value]) => value !== undefined && typeof value !== 'string',
  );
  return wrong === undefined ? undefined : `has a ${wrong[0]} that is no text`;
}

function findingOf(check: Check, item: JsonObject): Finding {
  const { message, severity, stack, logicalId } = item;
  return {
    check: check.name,
    severity: isSeverity(severity) ? severity : (check.severity ?? 'error'),
    message: cut(String(message)),
    ...(typeof stack === 'string' && stack !== '' ? { stack: cut(stack) } : {}),
    ...(typeof logicalId === 'string' && logicalId !== '' ? { logicalId: cut(logicalId) } : {}),
  };
}

/** The worst stay. What is beyond them is one finding, as severe as the worst of it. */
function within(findings: readonly Finding[], check: Check): readonly Finding[] {
  if (findings.length <= MOST_FINDINGS) return findings;
  const worstFirst = findings.toSorted(
    (left, right) => SEVERITIES.indexOf(right.severity) - SEVERITIES.indexOf(left.severity),
  );
  const [worst] = worstFirst.slice(MOST_FINDINGS);
  const message = `found ${findings.length - MOST_FINDINGS} more, which are not kept`;
  return [...worstFirst.slice(0, MOST_FINDINGS), { check: check.name, severity: worst?.severity ?? 'error', message }];
}

function isSeverity(value: unknown): value is Finding['severity'] {
  return (SEVERITIES as readonly unknown[]).includes(value);
}

/** A line that is not empty, counted from the start or the end. */
function lineOf(text: string, index: number): string | undefined {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .at(index);
}

function cut(text: string): string {
  return text.length <= LONGEST_MESSAGE ? text : `${text.slice(0, LONGEST_MESSAGE - 1).toWellFormed()}…`;
}
