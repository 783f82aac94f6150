import type { Check } from '../check.js';
import type { PlaceFacts } from '../facts.js';
import { lookAt, together, valueOf, type Found } from '../model.js';

/** States from which a deployment goes on. AWS: CloudFormation, stack status codes. */
const FREE = new Set([
  ...['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE', 'DELETE_COMPLETE'],
  ...['IMPORT_COMPLETE', 'IMPORT_ROLLBACK_COMPLETE'],
]);

/** Stacks are in states that let a deployment through. */
export const states: Check = {
  id: 'stack-states',
  title: 'the states of the stacks',
  look: ({ places }) => {
    const all = valueOf(places);
    if (all === undefined) return lookAt(places, () => []);
    return together(
      all.map((place) => lookAt(place.stacks, (stacks) => stacks.flatMap((stack) => stuck(stack, place)))),
    );
  },
};

function stuck({ name, status }: { readonly name: string; readonly status: string }, { region }: PlaceFacts): Found[] {
  if (FREE.has(status)) return [];
  const on = `--stack-name ${name} --region ${region}`;
  const finding = (severity: Found['severity'], why: string, command: string): Found[] => [
    { severity, message: `stack ${name} is in ${status}: ${why}`, mend: `aws cloudformation ${command} ${on}` },
  ];
  switch (status) {
    case 'REVIEW_IN_PROGRESS':
      return finding('warning', 'a change set waits, and nothing has been created', 'delete-stack');
    case 'ROLLBACK_COMPLETE':
    case 'ROLLBACK_FAILED':
    case 'CREATE_FAILED':
      return finding('error', 'its creation failed, and it cannot be updated', 'delete-stack');
    case 'DELETE_FAILED':
      return finding('error', 'its deletion has not come to its end', 'delete-stack');
    case 'UPDATE_ROLLBACK_FAILED':
      return finding('error', 'its rollback failed', 'continue-update-rollback');
    case 'UPDATE_FAILED':
      return finding('error', 'it is half updated', 'rollback-stack');
    default:
      return status.endsWith('_IN_PROGRESS')
        ? finding('warning', 'an operation goes on: wait for its end', 'describe-stacks')
        : finding('error', 'no deployment goes on from here', 'describe-stack-events');
  }
}
