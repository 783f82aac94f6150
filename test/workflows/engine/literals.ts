import { evaluate, textOf, type Contexts } from './expression.js';

/** What only the runner knows while the job runs. */
const OF_THE_RUNNER =
  /\b(?:steps|runner|env|secrets|job|github|vars)\b|\b(?:hashFiles|success|failure|cancelled|always)\(/;
/** What is known before it starts, as an expression refers to it. */
const KNOWN = /\b(?:inputs|matrix|needs)(?:\.[A-Za-z_][\w-]*)*/g;

/**
 * A value of a step with all that is known before the job starts: what can be evaluated is, by GitHub's own evaluator;
 * in the rest what is known stands as a literal.
 */
export function settle(value: unknown, contexts: Contexts): unknown {
  if (Array.isArray(value)) return value.map((item) => settle(item, contexts));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, settle(item, contexts)]));
  }
  if (typeof value !== 'string') return value;
  return value.replace(/\$\{\{([\s\S]*?)\}\}/g, (_, expression: string) => {
    if (!isOfTheRunner(expression)) return textOf(evaluate(expression, contexts));
    return `\${{${literal(expression, contexts)}}}`;
  });
}

/** The same of a step's `if`, which is an expression with or without `${{ }}`. */
export function settleCondition(condition: string, contexts: Contexts): string {
  const text = condition.replace(/^\s*\$\{\{([\s\S]*)\}\}\s*$/, '$1');
  if (isOfTheRunner(text)) return `\${{${literal(text, contexts)}}}`;
  const value = evaluate(text, contexts);
  return value === null || value === false || value === '' || value === 0 ? 'false' : 'true';
}

function isOfTheRunner(expression: string): boolean {
  return OF_THE_RUNNER.test(withoutStrings(expression));
}

function withoutStrings(expression: string): string {
  return expression.replace(/'(?:''|[^'])*'/g, "''");
}

function literal(expression: string, contexts: Contexts): string {
  return expression
    .split(/('(?:''|[^'])*')/)
    .map((part, index) => (index % 2 === 1 ? part : part.replace(KNOWN, (reference) => asText(reference, contexts))))
    .join('');
}

function asText(reference: string, contexts: Contexts): string {
  const value = evaluate(reference, contexts);
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return String(value);
  const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
  return typeof value === 'string' ? quoted(value) : `fromJSON(${quoted(JSON.stringify(value))})`;
}
