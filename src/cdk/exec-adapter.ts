import { getExecOutput } from '@actions/exec';
import type { Exec } from '../ports.js';

/** Programs, run without a shell. */
export const exec: Exec = {
  async run(program, args, options) {
    const { onLine } = options;
    return getExecOutput(program, [...args], {
      cwd: options.cwd,
      env: { ...options.env },
      silent: true,
      ignoreReturnCode: true,
      listeners: onLine
        ? {
            stdline: (line) => {
              onLine(line, 'stdout');
            },
            errline: (line) => {
              onLine(line, 'stderr');
            },
          }
        : {},
    });
  },
};
