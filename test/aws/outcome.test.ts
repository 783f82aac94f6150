import { describe, expect, test } from 'vitest';
import { outcomeOf, wayOut, type OutcomeRequest } from '../../src/aws/outcome.js';
import type { AssemblyStack, Template } from '../../src/cdk/assembly/model.js';
import type { StackEvent, StackState } from '../../src/ports.js';
import { FakeCloudFormation, type FakeStack } from '../fakes/cloud-formation.js';

const arn = (name: string): string => `arn:aws:cloudformation:eu-west-1:111122223333:stack/${name}/1`;
const STACK_TYPE = 'AWS::CloudFormation::Stack';

const template = (constructs: Template['constructs'], nested: Template['nested'] = {}): Template => ({
  file: 't.json',
  body: {},
  constructs,
  nested,
});

const STACK: AssemblyStack = {
  ...template(
    { Bucket: { path: 'web/Bucket/Resource', source: 'lib/web.ts:7' }, Mid: { path: 'web/Mid' } },
    {
      Mid: template({ Leaf: { path: 'web/Mid/Leaf' } }, { Leaf: template({ Topic: { path: 'web/Mid/Leaf/Topic' } }) }),
    },
  ),
  id: 'web.v1',
  displayName: 'web.v1',
  name: 'fff-web',
  terminationProtection: false,
  tags: {},
  dependsOn: [],
  wave: 1,
  roles: {},
  assets: [],
};

function state(status: string, minute = 0, id = arn('fff-web')): StackState {
  return {
    id,
    name: 'fff-web',
    status,
    changedAt: new Date(Date.UTC(2026, 10, 1, 12, minute)),
    outputs: { Url: 'https://example.com' },
    exports: {},
    tags: {},
    parameters: {},
    terminationProtection: false,
  };
}

/** Events in the order in which they happened, one a second: `<logical id> <status> <reason>`. */
function happened(stack: string, lines: readonly string[], types: Record<string, string> = {}, from = 0): StackEvent[] {
  return lines.map((line, index) => {
    const [logicalId = '', status = '', ...reason] = line.split(' ');
    const isStack = logicalId === stack;
    const type = isStack ? STACK_TYPE : (types[logicalId] ?? 'AWS::S3::Bucket');
    const physicalId = isStack ? arn(stack) : type === STACK_TYPE ? arn(`${stack}-${logicalId}`) : `${logicalId}-1`;
    return {
      id: `${stack}-${from + index}`,
      stackId: arn(stack),
      stackName: stack,
      timestamp: new Date(Date.UTC(2026, 10, 1, 12, 30, from + index)),
      logicalId,
      physicalId,
      type,
      status,
      ...(reason.length > 0 ? { reason: reason.join(' ') } : {}),
    };
  });
}

interface Case {
  readonly before?: StackState;
  readonly after?: StackState;
  readonly events?: readonly StackEvent[];
  readonly others?: readonly FakeStack[];
  readonly succeeded?: boolean;
  readonly lastEvent?: string;
}

function outcome({ before, after, events = [], others = [], succeeded = false, lastEvent }: Case) {
  const own = after === undefined ? [] : [{ name: 'fff-web', state: after, events: events.toReversed() }];
  const request: OutcomeRequest = { stack: STACK, before, lastEvent, succeeded };
  return outcomeOf(request, new FakeCloudFormation([...own, ...others]));
}

const CREATED = happened('fff-web', [
  'fff-web CREATE_IN_PROGRESS',
  'Bucket CREATE_COMPLETE',
  'fff-web CREATE_COMPLETE',
]);

describe('what came of a stack', () => {
  test.each<[string, Case, object]>([
    [
      'created',
      { after: state('CREATE_COMPLETE'), events: CREATED, succeeded: true },
      { result: 'created', seconds: 2, outputs: { Url: 'https://example.com' }, status: 'CREATE_COMPLETE' },
    ],
    [
      'created, although a change set stood there before',
      { before: state('REVIEW_IN_PROGRESS'), after: state('CREATE_COMPLETE'), events: CREATED, succeeded: true },
      { result: 'created' },
    ],
    [
      'created anew, after it had failed',
      { before: state('ROLLBACK_COMPLETE', 0, arn('old')), after: state('CREATE_COMPLETE', 1), events: CREATED },
      { result: 'created' },
    ],
    [
      'updated',
      { before: state('CREATE_COMPLETE'), after: state('UPDATE_COMPLETE', 1), succeeded: true },
      { result: 'updated', seconds: 0, outputs: { Url: 'https://example.com' } },
    ],
    [
      'updated, a second time',
      { before: state('UPDATE_COMPLETE'), after: state('UPDATE_COMPLETE', 1), succeeded: true },
      { result: 'updated' },
    ],
    [
      'updated, although the CLI failed over another',
      { before: state('UPDATE_COMPLETE'), after: state('UPDATE_COMPLETE', 1) },
      { result: 'updated' },
    ],
    [
      'unchanged',
      { before: state('UPDATE_COMPLETE'), after: state('UPDATE_COMPLETE'), succeeded: true },
      { result: 'unchanged', seconds: 0, outputs: { Url: 'https://example.com' } },
    ],
    [
      'unchanged, the app having gone back to what was rolled back to',
      { before: state('UPDATE_ROLLBACK_COMPLETE'), after: state('UPDATE_ROLLBACK_COMPLETE'), succeeded: true },
      { result: 'unchanged' },
    ],
    [
      'not started, since another failed first',
      { before: state('UPDATE_COMPLETE'), after: state('UPDATE_COMPLETE') },
      { result: 'not-started', outputs: {} },
    ],
    ['not started, and not there', {}, { result: 'not-started', outputs: {} }],
    ['not there, whatever the CLI says', { succeeded: true }, { result: 'not-started' }],
    [
      'not started, its change set waiting',
      { after: state('REVIEW_IN_PROGRESS'), succeeded: true },
      { result: 'not-started', status: 'REVIEW_IN_PROGRESS', outputs: {} },
    ],
    [
      'failed: it stands in a state that nothing can be done with',
      { before: state('ROLLBACK_COMPLETE'), after: state('ROLLBACK_COMPLETE') },
      { result: 'failed', outputs: {} },
    ],
    [
      'failed, whatever the CLI says',
      { before: state('ROLLBACK_COMPLETE'), after: state('ROLLBACK_COMPLETE'), succeeded: true },
      { result: 'failed' },
    ],
    [
      'failed, still rolling back',
      { before: state('CREATE_COMPLETE'), after: state('UPDATE_ROLLBACK_IN_PROGRESS', 1), succeeded: true },
      { result: 'failed', outputs: {} },
    ],
    [
      'rolled back for the second time',
      { before: state('UPDATE_ROLLBACK_COMPLETE'), after: state('UPDATE_ROLLBACK_COMPLETE', 1), succeeded: true },
      { result: 'failed' },
    ],
  ])('%s', async (_, given, expected) => {
    expect(await outcome(given)).toMatchObject({ id: 'web.v1', name: 'fff-web', ...expected });
  });

  test('a stack that is not there has no state', async () => {
    expect(await outcome({})).not.toHaveProperty('status');
  });
});

describe('the failure', () => {
  const failed = { before: state('CREATE_COMPLETE'), after: state('UPDATE_ROLLBACK_COMPLETE', 1) };
  const FAILURE = [
    'fff-web UPDATE_IN_PROGRESS User Initiated',
    'Queue UPDATE_IN_PROGRESS',
    'Bucket CREATE_FAILED name is taken',
    'Queue UPDATE_FAILED Resource update cancelled',
    'Role CREATE_FAILED Resource creation cancelled',
    'fff-web UPDATE_ROLLBACK_IN_PROGRESS The following resource(s) failed to create: [Bucket].',
    'Bucket DELETE_FAILED not empty',
    'fff-web UPDATE_ROLLBACK_COMPLETE',
  ];

  test('is the first that failed of itself, with its place in the app', async () => {
    expect((await outcome({ ...failed, events: happened('fff-web', FAILURE) })).failure).toEqual({
      logicalId: 'Bucket',
      type: 'AWS::S3::Bucket',
      reason: 'name is taken',
      path: 'web/Bucket/Resource',
      source: 'lib/web.ts:7',
    });
  });

  test('of a resource that the assembly does not know, and that gives no reason', async () => {
    const events = happened('fff-web', ['fff-web UPDATE_IN_PROGRESS', 'Old DELETE_FAILED']);
    expect((await outcome({ ...failed, events })).failure).toEqual({
      logicalId: 'Old',
      type: 'AWS::S3::Bucket',
      reason: 'DELETE_FAILED',
    });
  });

  test('is not the cascade, even where that came first', async () => {
    const events = happened('fff-web', [
      'fff-web UPDATE_IN_PROGRESS',
      'Queue UPDATE_FAILED Resource update cancelled',
      'Bucket UPDATE_FAILED no permission',
    ]);
    expect((await outcome({ ...failed, events })).failure?.reason).toBe('no permission');
  });

  test('is none where no resource failed', async () => {
    const events = happened('fff-web', ['fff-web UPDATE_IN_PROGRESS', 'fff-web UPDATE_FAILED cancelled by a user']);
    expect(await outcome({ ...failed, events })).not.toHaveProperty('failure');
  });

  test('is not that of an operation a moment before', async () => {
    const earlier = happened('fff-web', ['fff-web UPDATE_IN_PROGRESS', 'Role UPDATE_FAILED the earlier one']);
    const now = happened('fff-web', FAILURE, {}, earlier.length);
    const found = await outcome({ ...failed, events: [...earlier, ...now], lastEvent: earlier.at(-1)!.id });
    expect(found.failure?.reason).toBe('name is taken');
    expect(found.seconds).toBe(FAILURE.length - 1);
  });

  describe('in a nested stack', () => {
    const TYPES = { Mid: STACK_TYPE, Leaf: STACK_TYPE };
    const parent = happened(
      'fff-web',
      ['fff-web UPDATE_IN_PROGRESS', 'Mid UPDATE_IN_PROGRESS', `Mid UPDATE_FAILED Embedded stack was not updated`],
      TYPES,
      10,
    );
    const mid = happened(
      'fff-web-Mid',
      ['fff-web-Mid UPDATE_IN_PROGRESS', 'Leaf CREATE_FAILED Embedded stack was not created'],
      TYPES,
      11,
    );
    const leaf = happened(
      'fff-web-Mid-Leaf',
      ['fff-web-Mid-Leaf CREATE_IN_PROGRESS', 'Topic CREATE_FAILED bad name', 'Other CREATE_FAILED as well'],
      { Topic: 'AWS::SNS::Topic' },
      11,
    );
    const stack = (name: string, events: readonly StackEvent[]): FakeStack => ({
      name,
      state: { id: arn(name) },
      events: events.toReversed(),
    });

    test('is followed down to where it began', async () => {
      const others = [stack('fff-web-Mid', mid), stack('fff-web-Mid-Leaf', leaf)];
      expect((await outcome({ ...failed, events: parent, others })).failure).toEqual({
        logicalId: 'Topic',
        type: 'AWS::SNS::Topic',
        reason: 'bad name',
        path: 'web/Mid/Leaf/Topic',
      });
    });

    test('is the nested stack itself where nothing in it failed', async () => {
      const others = [stack('fff-web-Mid', mid.slice(0, 1))];
      expect((await outcome({ ...failed, events: parent, others })).failure).toMatchObject({
        logicalId: 'Mid',
        reason: 'Embedded stack was not updated',
        path: 'web/Mid',
      });
    });

    test('is the nested stack itself where only an earlier operation failed in it', async () => {
      const earlier = happened(
        'fff-web-Mid',
        ['fff-web-Mid UPDATE_IN_PROGRESS', 'Leaf UPDATE_FAILED earlier'],
        TYPES,
        0,
      );
      const others = [stack('fff-web-Mid', earlier)];
      expect((await outcome({ ...failed, events: parent, others })).failure).toMatchObject({ logicalId: 'Mid' });
    });

    test('is the nested stack itself where it never came to be', async () => {
      const [beginning, , last] = parent;
      const events = [beginning!, { ...last!, physicalId: '' }];
      expect((await outcome({ ...failed, events })).failure).toMatchObject({ logicalId: 'Mid' });
    });
  });
});

test.each([
  [undefined, 'see the log of cdk deploy above'],
  ['ROLLBACK_COMPLETE', /delete it \(aws cloudformation delete-stack --stack-name web\) and deploy again$/],
  ['CREATE_FAILED', /delete it /],
  ['ROLLBACK_FAILED', /delete it /],
  ['UPDATE_ROLLBACK_COMPLETE', 'it was rolled back to what it was: mend the cause and deploy again'],
  ['UPDATE_ROLLBACK_FAILED', /aws cloudformation continue-update-rollback --stack-name web$/],
  ['UPDATE_FAILED', /^it is half updated: cdk rollback web, /],
  ['UPDATE_ROLLBACK_IN_PROGRESS', /^an operation goes on: wait for it /],
  ['DELETE_FAILED', 'look at its events in the CloudFormation console'],
])('the way out of %s', (status, advice) => {
  if (typeof advice === 'string') expect(wayOut(status, 'web')).toBe(advice);
  else expect(wayOut(status, 'web')).toMatch(advice);
});
