import { createHash } from 'node:crypto';
import { cpSync, lstatSync, readdirSync, readFileSync, readlinkSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../consumer.js';

export const FIXTURE = path.join(ROOT, 'test/fixtures/apps/bad-input');

/** A checkout of the app, its packages installed. */
export function makeCheckout(folder: string): string {
  cpSync(FIXTURE, folder, { recursive: true });
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'), 'dir');
  return folder;
}

/** Every file, folder and link below a folder, with mode and content: what a run may not change. */
export function snapshot(folder: string): Readonly<Record<string, string>> {
  return Object.fromEntries(namesIn(folder).map((name) => [name, stateOf(path.join(folder, name))]));
}

/** Links are not walked into, as `recursive` of `readdir` would. */
function namesIn(folder: string, below = ''): readonly string[] {
  return readdirSync(path.join(folder, below), { withFileTypes: true }).flatMap((entry) => {
    const name = path.join(below, entry.name);
    return entry.isDirectory() ? [name, ...namesIn(folder, name)] : [name];
  });
}

function stateOf(file: string): string {
  const stat = lstatSync(file);
  const mode = (stat.mode & 0o7777).toString(8);
  if (stat.isSymbolicLink()) return `${mode} → ${readlinkSync(file)}`;
  return stat.isFile() ? `${mode} ${createHash('sha256').update(readFileSync(file)).digest('hex')}` : mode;
}

/** Changes a text of the checkout, which has to be there. */
export function replace(file: string, from: string, to: string): (checkout: string) => void {
  return (checkout) => {
    const at = path.join(checkout, file);
    const text = readFileSync(at, 'utf8');
    if (!text.includes(from)) throw new Error(`${file} holds no ${from}`);
    writeFileSync(at, text.replace(from, to));
  };
}

/** Writes a file of the checkout anew. */
export function write(file: string, text: string): (checkout: string) => void {
  return (checkout) => {
    writeFileSync(path.join(checkout, file), text);
  };
}

export const CONFIG = '.github/deploy.yml';
export const TEMPLATE = 'app/cdk.context.template.yaml';
