import { planStack } from '../../../src/plan/compare.js';
import type { ChangeSetAnswer, ChangeSetDetail, ChangeSetResource } from '../../../src/plan/change-set/answer.js';
import type { StackInput } from '../../../src/plan/input.js';
import type { StackPlan } from '../../../src/plan/model.js';
import type { Template } from '../../../src/plan/template.js';
import { ACCOUNT, inputOf, REGION } from '../golden/case.js';

/** The pages that the answers are written from, by hand: the engine gives no values before and after. */
export const API = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference';
export const GUIDE = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide';

const ARN = `arn:aws:cloudformation:${REGION}:${ACCOUNT}`;

/** A change set that is ready. */
export function answer(changes: readonly ChangeSetResource[], more: Partial<ChangeSetAnswer> = {}): ChangeSetAnswer {
  return {
    id: `${ARN}:changeSet/reviewed/1`,
    name: 'reviewed',
    stackId: `${ARN}:stack/app/1`,
    stackName: 'app',
    status: 'CREATE_COMPLETE',
    executionStatus: 'AVAILABLE',
    tags: {},
    changes,
    ...more,
  };
}

type Less = Partial<Omit<ChangeSetResource, 'logicalId' | 'type' | 'action'>>;

export const modify = (logicalId: string, type: string, more: Less = {}): ChangeSetResource => ({
  ...{ logicalId, type, action: 'Modify', replacement: 'False', details: [] },
  ...more,
});

export const add = (logicalId: string, type: string, more: Less = {}): ChangeSetResource => ({
  ...{ logicalId, type, action: 'Add', details: [] },
  ...more,
});

export const remove = (logicalId: string, type: string, more: Less = {}): ChangeSetResource => ({
  ...{ logicalId, type, action: 'Remove', details: [] },
  ...more,
});

/** A direct change of a property, as the API's page describes it. */
export const detail = (name: string, more: Partial<ChangeSetDetail> = {}): ChangeSetDetail => ({
  ...{ attribute: 'Properties', name, requiresRecreation: 'Never', evaluation: 'Static', source: 'DirectModification' },
  ...more,
});

/** A property that changes with what it refers to. */
export const byReference = (name: string, causedBy: string, more: Partial<ChangeSetDetail> = {}): ChangeSetDetail =>
  detail(name, { evaluation: 'Dynamic', source: 'ResourceAttribute', causedBy, ...more });

/** Digests of what the app of these tests builds: its code and its nested templates. */
const ASSETS = ['a', 'b'].map((digit) => digit.repeat(64));

/** The plan of a stack from its templates. */
export function planned(before: Template | undefined, after: Template, input: Partial<StackInput> = {}): StackPlan {
  const built = { assets: ASSETS, ...input };
  return planStack(inputOf({ ...(before !== undefined && { before }), after, input: built }));
}

/** `<id> <action> <risk>` of each change, `?` for perhaps, noise in brackets; as the golden set writes them. */
export function lines({ changes }: StackPlan): readonly string[] {
  return changes.map(({ subject, logicalId, action, conditional, risk, noise }) => {
    const prefix = subject === 'resource' ? '' : `${subject}:`;
    return `${prefix}${logicalId} ${action}${conditional === true ? '?' : ''} ${risk}${noise === undefined ? '' : ` [${noise}]`}`;
  });
}
