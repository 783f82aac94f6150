import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ActionRun } from '../../test/emulators/runner/action.js';
import { page } from './page.js';

/** Keeps what a user would see, and says where it is. */
export function keep(out: string, { comment, run }: { readonly comment: string; readonly run: ActionRun }): void {
  const files = {
    'comment.md': comment,
    'comment.html': page(comment),
    'summary.md': run.summary,
    'summary.html': page(run.summary),
    'plan.json': textOf(run.outputs['plan-file']),
  };
  console.log('\nto look at:');
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(path.join(out, name), text);
    console.log(`  ${path.join(out, name)}`);
  }
  const context = path.join(path.dirname(run.outputs['plan-file'] ?? ''), 'context.json');
  if (existsSync(context)) {
    cpSync(context, path.join(out, 'context.json'));
    console.log(`  ${path.join(out, 'context.json')}`);
  }
}

function textOf(file: string | undefined): string {
  return file ? readFileSync(file, 'utf8') : '';
}
