import { layOut, type Rendered } from './layout.js';
import type { Report } from './model.js';

/** A step's summary may have 1 MiB, and the runner drops a longer one with an error; 1 KiB is for what else is written. */
export const SUMMARY_BUDGET = 1_048_576 - 1_024;

export interface SummaryOptions {
  /** Bytes. @default SUMMARY_BUDGET */
  readonly budget?: number;
  readonly header?: string;
  readonly footer?: string;
}

/** The job summary of a report: as the comment, with sixteen times the room, what was folded as noise, and a picture. */
export function renderSummary(report: Report, options: SummaryOptions = {}): Rendered {
  return layOut(report, {
    budget: options.budget ?? SUMMARY_BUDGET,
    elsewhere: ['plan file and the log'],
    noise: true,
    picture: true,
    ...(options.header === undefined ? {} : { header: options.header }),
    ...(options.footer === undefined ? {} : { footer: options.footer }),
  });
}
