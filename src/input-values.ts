import { ActionError } from './errors.js';

/** Reads one input by the name it has in `action.yml`; empty when it is not given. */
export type ReadInput = (name: string) => string;

/** One of the values that there are. @throws ActionError `input` */
export function oneOf<T extends string>(name: string, value: string, values: readonly T[]): T {
  const found = values.find((candidate) => candidate === value);
  if (found === undefined) throw new ActionError('input', `${name} '${value}' is unknown: use ${list(values)}`);
  return found;
}

/** An input that is one of some values. @param otherwise when it is not given @throws ActionError `input` */
export function choice<T extends string>(read: ReadInput, name: string, values: readonly T[], otherwise?: T): T {
  const value = read(name);
  if (value === '' && otherwise !== undefined) return otherwise;
  if (value === '') throw new ActionError('input', `${name} is missing: use ${list(values)}`);
  return oneOf(name, value, values);
}

/** An input that is true or false. @throws ActionError `input` */
export function flag(read: ReadInput, name: string, otherwise = false): boolean {
  return choice(read, name, ['true', 'false'] as const, otherwise ? 'true' : 'false') === 'true';
}

/** An input that is a whole number. @throws ActionError `input` */
export function whole(read: ReadInput, name: string, otherwise: number, least: number, most: number): number {
  const text = read(name);
  if (text === '') return otherwise;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > most) {
    throw new ActionError('input', `${name} '${text}' is not a whole number from ${least} to ${most}`);
  }
  return value;
}

/** An input of a form; `wording` tells it. @throws ActionError `input` */
export function shaped(read: ReadInput, name: string, otherwise: string, form: RegExp, wording: string): string {
  const value = read(name) || otherwise;
  if (form.test(value)) return value;
  throw new ActionError('input', `${name} '${value}' is not of the form: ${wording}`);
}

/** The lines of a text, without those that are empty. */
export function lines(text: string): string[] {
  return text.split('\n').flatMap((line) => line.trim() || []);
}

/** The words of a text, between commas, blanks or line breaks. */
export function words(text: string): string[] {
  return text.split(/[\s,]+/).filter(Boolean);
}

function list(values: readonly string[]): string {
  return `${values.slice(0, -1).join(', ')} or ${values.at(-1) ?? ''}`;
}
