import type { Recovery, Row, Step } from './model.js';

/** Of a stack that is not there. */
export const NOT_FOUND = 'NOT_FOUND';

const proceed: Step = { kind: 'proceed' };
const wait: Step = { kind: 'wait' };
const noted = (note: string): Step => ({ kind: 'proceed', note });
const recover = (how: Recovery): Step => ({ kind: 'recover', how });
const nothing = (why: string): Step => ({ kind: 'nothing', why });
const refuse = (why: string): Step => ({ kind: 'refuse', why });

const STANDS = nothing('no update has failed: to go back to an earlier release name it with the input to');
const FAILED_CREATION = noted('its creation failed: the plan compares with what is left of it');
const HALF_UPDATED = noted('its last update failed half-way: the plan compares with the template of that update');
const DELETE = 'aws cloudformation delete-stack --stack-name <stack>';

/**
 * Every status of a stack, and what the commands do about it. Source: AWS CloudFormation User Guide, "Understand stack
 * status codes" (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html), and the API's
 * pages of `RollbackStack`, `ContinueUpdateRollback` and `DeleteStack` for the states that these start from.
 */
export const STATES: readonly Row[] = [
  {
    statuses: [NOT_FOUND, 'DELETE_COMPLETE'],
    means: 'the stack is not there',
    steps: {
      diff: proceed,
      deploy: proceed,
      rollback: nothing('there is no stack'),
      destroy: nothing('there is no stack'),
    },
    wayOut: 'deploy creates it',
  },
  {
    statuses: ['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'IMPORT_COMPLETE'],
    means: 'the stack is as its template says',
    steps: { diff: proceed, deploy: proceed, rollback: STANDS, destroy: proceed },
    wayOut: 'nothing is wrong',
  },
  {
    statuses: ['UPDATE_ROLLBACK_COMPLETE', 'IMPORT_ROLLBACK_COMPLETE'],
    means: 'an operation failed and the stack was rolled back to what it was',
    steps: { diff: proceed, deploy: proceed, rollback: STANDS, destroy: proceed },
    wayOut: 'it was rolled back to what it was: mend the cause and deploy again',
  },
  {
    statuses: ['REVIEW_IN_PROGRESS'],
    means: 'a change set was made for a stack that is not there yet',
    steps: {
      diff: proceed,
      // CloudFormation creates the stack under the same name and id.
      deploy: proceed,
      rollback: recover('cleanup-review'),
      destroy: recover('cleanup-review'),
    },
    wayOut: `it is empty: deploy creates it, or delete it (${DELETE})`,
  },
  {
    statuses: [
      'CREATE_IN_PROGRESS',
      'ROLLBACK_IN_PROGRESS',
      'DELETE_IN_PROGRESS',
      'UPDATE_IN_PROGRESS',
      'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
      'UPDATE_ROLLBACK_IN_PROGRESS',
      'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
      'IMPORT_IN_PROGRESS',
      'IMPORT_ROLLBACK_IN_PROGRESS',
    ],
    means: 'an operation is running',
    steps: {
      diff: noted('an operation is running: when it ends, this plan may be out of date'),
      deploy: wait,
      rollback: wait,
      destroy: wait,
    },
    wayOut:
      'an operation goes on: wait for it (aws cloudformation describe-stacks --stack-name <stack>) and deploy again',
  },
  {
    statuses: ['CREATE_FAILED', 'ROLLBACK_COMPLETE', 'ROLLBACK_FAILED'],
    means: 'its creation failed; it can only be deleted',
    steps: {
      diff: FAILED_CREATION,
      // The CDK's command line would delete it without a word.
      deploy: recover('delete-failed-create'),
      rollback: recover('delete-failed-create'),
      destroy: proceed,
    },
    wayOut: `its creation failed and it cannot be updated: mend the cause, delete it (${DELETE}) and deploy again`,
  },
  {
    statuses: ['UPDATE_FAILED'],
    means: 'an update failed and was not rolled back',
    steps: { diff: HALF_UPDATED, deploy: recover('continue-rollback'), rollback: proceed, destroy: proceed },
    wayOut:
      'it is half updated: aws cloudformation rollback-stack --stack-name <stack>, or mend the cause and deploy again',
  },
  {
    statuses: ['UPDATE_ROLLBACK_FAILED'],
    means: 'an update failed, and so did its rollback',
    steps: { diff: HALF_UPDATED, deploy: recover('continue-rollback'), rollback: proceed, destroy: proceed },
    wayOut:
      'its rollback failed: mend the cause, then aws cloudformation continue-update-rollback --stack-name <stack>',
  },
  {
    statuses: ['IMPORT_ROLLBACK_FAILED'],
    means: 'an import failed, and so did its rollback',
    steps: {
      diff: noted('its last import failed half-way: the plan compares with what is left of it'),
      deploy: refuse('an import failed half-way, and CloudFormation updates no such stack'),
      rollback: refuse('CloudFormation offers no way to continue the rollback of an import'),
      destroy: proceed,
    },
    wayOut:
      'its import could not be taken back: mend the cause that its events tell, then ask AWS Support to reset it, or destroy it',
  },
  {
    statuses: ['DELETE_FAILED'],
    means: 'its deletion failed; what is left can only be deleted',
    steps: {
      diff: noted('its deletion failed: the plan compares with what is left of it'),
      deploy: refuse('its deletion failed, and CloudFormation updates no such stack'),
      rollback: refuse('a deletion cannot be taken back'),
      destroy: proceed,
    },
    wayOut: `its deletion failed: mend the cause and delete it again (${DELETE}), then deploy`,
  },
];
