import type { Step } from '../../src/states/model.js';
import { STATES } from '../../src/states/table.js';
import { codes, replaceSection, table } from './section.js';

/** The page of states with its tables as the code has them. */
export function statesPage(page: string): string {
  const steps = STATES.map(({ statuses, means, steps }) => [
    codes(statuses),
    means,
    ...[steps.diff, steps.deploy, steps.rollback, steps.destroy].map(said),
  ]);
  const ways = STATES.map(({ statuses, wayOut }) => [codes(statuses), wayOut]);
  const head = ['Status', 'What it means', '`diff`', '`deploy`', '`rollback`', '`destroy`'];
  const withSteps = replaceSection(page, 'states', table(head, steps));
  return replaceSection(withSteps, 'ways', table(['Status', 'What a person can do'], ways));
}

function said(step: Step): string {
  switch (step.kind) {
    case 'proceed':
      return step.note === undefined ? 'goes on' : 'goes on, with a note';
    case 'wait':
      return 'waits';
    case 'recover':
      return `\`${step.how}\`, then goes on`;
    case 'nothing':
      return `nothing to do: ${step.why}`;
    case 'refuse':
      return `refuses: ${step.why}`;
  }
}
