import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../../emulators/programs.js';
import { readWorkflow, type Workflow } from '../engine/workflow.js';

/** A workflow of this repository. */
export interface WorkflowFile {
  /** `build`, `pull-request`: the file without folder and ending. */
  readonly name: string;
  readonly kind: 'public' | 'caller';
  readonly text: string;
  readonly workflow: Workflow;
}

function filesIn(folder: string, kind: WorkflowFile['kind']): readonly WorkflowFile[] {
  return readdirSync(path.join(ROOT, folder))
    .filter((file) => file.endsWith('.yml') && !file.startsWith('.'))
    .sort()
    .map((file) => asFile(path.basename(file, '.yml'), kind, readFileSync(path.join(ROOT, folder, file), 'utf8')));
}

export function asFile(name: string, kind: WorkflowFile['kind'], text: string): WorkflowFile {
  return { name, kind, text, workflow: readWorkflow(text) };
}

export const PUBLIC = filesIn('.github/workflows', 'public');
export const CALLERS = filesIn('workflows', 'caller');
