import { data, Evaluator, Lexer, Parser } from '@actions/expressions';
import type { FunctionDefinition } from '@actions/expressions/funcs/info';

/** What an expression can see, by context (`github`, `needs`, `inputs`, `matrix`, …). */
export type Contexts = Readonly<Record<string, unknown>>;

/** How the jobs that a job waits for went; it decides what `success()` and its like answer. */
export type Status = 'success' | 'failure' | 'cancelled';

const STATUS_FUNCTIONS = ['success', 'failure', 'cancelled', 'always'] as const;

/** The value of an expression (without `${{ }}`), by GitHub's own evaluator. */
export function evaluate(expression: string, contexts: Contexts, status: Status = 'success'): unknown {
  const functions = statusFunctions(status);
  const { tokens } = new Lexer(expression).lex();
  const tree = new Parser(tokens, Object.keys(contexts), [...functions.values()]).parse();
  const dictionary = toData(contexts) as data.Dictionary;
  return fromData(new Evaluator(tree, dictionary, functions).evaluate());
}

/** Whether a condition holds. One that asks nothing of the status holds only after success. */
export function holds(condition: string | boolean | undefined, contexts: Contexts, status: Status): boolean {
  const text = expressionOf(condition === undefined ? '' : String(condition));
  const asks = new RegExp(`\\b(?:${STATUS_FUNCTIONS.join('|')})\\(`).test(text);
  if (!asks && status !== 'success') return false;
  return text === '' || truthy(evaluate(text, contexts, status));
}

/** A value of a workflow with every `${{ }}` in it filled in; one that is an expression alone keeps its type. */
export function fill(value: unknown, contexts: Contexts, status: Status = 'success'): unknown {
  if (Array.isArray(value)) return value.map((item) => fill(item, contexts, status));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fill(item, contexts, status)]));
  }
  if (typeof value !== 'string') return value;
  const whole = /^\s*\$\{\{((?:(?!\}\})[\s\S])*)\}\}\s*$/.exec(value)?.[1];
  if (whole !== undefined) return evaluate(whole, contexts, status);
  return value.replace(/\$\{\{([\s\S]*?)\}\}/g, (_, expression: string) =>
    textOf(evaluate(expression, contexts, status)),
  );
}

/** As GitHub turns a value into text. */
export function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : 'Object';
}

export function expressionOf(text: string): string {
  return /^\s*\$\{\{([\s\S]*)\}\}\s*$/.exec(text)?.[1]?.trim() ?? text.trim();
}

function truthy(value: unknown): boolean {
  return value !== null && value !== undefined && value !== false && value !== 0 && value !== '';
}

function statusFunctions(status: Status): Map<string, FunctionDefinition> {
  const answers = { always: true, success: false, failure: false, cancelled: false, [status]: true };
  return new Map(
    STATUS_FUNCTIONS.map((name) => [
      name,
      { name, minArgs: 0, maxArgs: 0, call: () => new data.BooleanData(answers[name]) },
    ]),
  );
}

export function toData(value: unknown): data.ExpressionData {
  if (value === null || value === undefined) return new data.Null();
  if (typeof value === 'string') return new data.StringData(value);
  if (typeof value === 'boolean') return new data.BooleanData(value);
  if (typeof value === 'number') return new data.NumberData(value);
  if (Array.isArray(value)) return new data.Array(...value.map(toData));
  return new data.Dictionary(...Object.entries(value).map(([key, item]) => ({ key, value: toData(item) })));
}

function fromData(value: data.ExpressionData): unknown {
  return JSON.parse(JSON.stringify(value, data.replacer)) as unknown;
}
