import { layOut, type Rendered } from './layout.js';
import { marker } from './marker.js';
import { link } from './markdown.js';
import type { Report } from './model.js';
import { planLine } from './plan-line.js';

/**
 * GitHub's documented limit of a comment is 65,536 characters, then 422 "Body is too long". It does not say what a
 * character is, so the limit is kept in bytes, of which there are never fewer.
 */
export const COMMENT_BUDGET = 65_536;

export interface CommentOptions {
  /** Bytes. @default COMMENT_BUDGET */
  readonly budget?: number;
  /** Where the job summary is: the run's page. */
  readonly summaryUrl: string;
  /** Whether a hidden line keeps the digests of the plans, for a review. @default false */
  readonly keepPlans?: boolean;
  /** Markdown of the workflow's author, shown first. */
  readonly header?: string;
  /** Markdown of the workflow's author, shown last. */
  readonly footer?: string;
}

/**
 * The sticky comment of a report, its hidden marker first. Tables stay whole, or say how many rows are not there; folds
 * go from the least risky up, and `dropped` names them.
 */
export function renderComment(report: Report, options: CommentOptions): Rendered {
  const plans = report.targets.flatMap((target) => (target.kind === 'plan' ? [target.plan] : []));
  const hidden = [marker(report.tag), options.keepPlans === true ? planLine(plans) : ''];
  return layOut(report, {
    budget: options.budget ?? COMMENT_BUDGET,
    marker: hidden.filter((line) => line !== '').join('\n'),
    elsewhere: link(options.summaryUrl, 'job summary'),
    noise: false,
    ...(options.header === undefined ? {} : { header: options.header }),
    ...(options.footer === undefined ? {} : { footer: options.footer }),
  });
}
