/** Answers as AWS's API model has them (CloudFormation 2010-05-15, query protocol). */
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { changeSets } from '../../src/aws/change-sets-adapter.js';
import type { ChangeSets } from '../../src/ports.js';

const ARN = 'arn:aws:cloudformation:eu-west-1:111122223333:changeSet/deploy-action-1/aaaa';
const NESTED = 'arn:aws:cloudformation:eu-west-1:111122223333:changeSet/deploy-action-1-Api/bbbb';
const STACK = 'arn:aws:cloudformation:eu-west-1:111122223333:stack/web/cccc';

type Form = URLSearchParams;
type Answer = { readonly status?: number; readonly body: string };

let server: Server;
let asked: Form[];
let answers: (form: Form) => Answer;
let sets: ChangeSets;
beforeEach(async () => {
  asked = [];
  server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const form = new URLSearchParams(Buffer.concat(parts).toString());
      asked.push(form);
      const { status = 200, body } = answers(form);
      response.writeHead(status, { 'content-type': 'text/xml' }).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const credentials = { accessKeyId: 'AKIAPLANTED', secretAccessKey: 'planted' };
  const client = new CloudFormationClient({ region: 'eu-west-1', endpoint, credentials, maxAttempts: 1 });
  sets = changeSets(client, { between: 0, looks: 5 });
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const xml = (operation: string, inner: string): Answer => ({
  body:
    `<${operation}Response xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/">` +
    `<${operation}Result>${inner}</${operation}Result></${operation}Response>`,
});
const error = (code: string, message: string): Answer => ({
  status: code === 'ChangeSetNotFound' ? 404 : 400,
  body:
    '<ErrorResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><Error><Type>Sender</Type>' +
    `<Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
});
const NOT_FOUND = error('ChangeSetNotFound', 'ChangeSet [deploy-action-1] does not exist');
const NO_STACK = error('ValidationError', 'Stack [web] does not exist');
const NO_EVENTS = xml('DescribeEvents', '<OperationEvents/>');

interface Described {
  readonly id?: string;
  readonly status?: string;
  readonly execution?: string;
  readonly changes?: string;
  readonly next?: string;
  readonly reason?: string;
}
const described = ({
  id = ARN,
  status = 'CREATE_COMPLETE',
  execution = 'AVAILABLE',
  changes = '',
  ...rest
}: Described) =>
  xml(
    'DescribeChangeSet',
    `<ChangeSetName>deploy-action-1</ChangeSetName><ChangeSetId>${id}</ChangeSetId><StackId>${STACK}</StackId>` +
      `<StackName>web</StackName><Status>${status}</Status><ExecutionStatus>${execution}</ExecutionStatus>` +
      (rest.reason === undefined ? '' : `<StatusReason>${rest.reason}</StatusReason>`) +
      `<CreationTime>2026-11-01T12:00:00.000Z</CreationTime>` +
      `<Tags><member><Key>team</Key><Value>a</Value></member></Tags><Changes>${changes}</Changes>` +
      (rest.next === undefined ? '' : `<NextToken>${rest.next}</NextToken>`),
  );
const change = (inner: string) => `<member><Type>Resource</Type><ResourceChange>${inner}</ResourceChange></member>`;
const queue = (details: string) =>
  change(
    '<Action>Modify</Action><PolicyAction>ReplaceAndDelete</PolicyAction><LogicalResourceId>Queue</LogicalResourceId>' +
      '<PhysicalResourceId>q-1</PhysicalResourceId><ResourceType>AWS::SQS::Queue</ResourceType>' +
      `<Replacement>True</Replacement><Details>${details}</Details>`,
  );
const plainDetail = (name: string) =>
  `<member><Target><Attribute>Properties</Attribute><Name>${name}</Name><RequiresRecreation>Always` +
  '</RequiresRecreation></Target><Evaluation>Static</Evaluation><ChangeSource>DirectModification</ChangeSource></member>';
const fullDetail =
  '<member><Target><Attribute>Properties</Attribute><Name>QueueName</Name><Path>/Properties/QueueName</Path>' +
  '<BeforeValue>old</BeforeValue><AfterValue>new</AfterValue><RequiresRecreation>Always</RequiresRecreation></Target>' +
  '<Evaluation>Static</Evaluation><ChangeSource>DirectModification</ChangeSource></member>';

/** What was asked, without the version and the format. */
const calls = () =>
  asked.map((form) => [form.get('Action'), form.get('ChangeSetName'), form.get('NextToken')].filter(Boolean).join(' '));

describe('describe', () => {
  test('values before and after, with what only the plain description has', async () => {
    answers = (form) => {
      if (form.get('Action') === 'DescribeEvents') return NO_EVENTS;
      return form.get('IncludePropertyValues') === 'true'
        ? described({ changes: queue(fullDetail) })
        : described({
            changes:
              queue(plainDetail('QueueName') + plainDetail('RedrivePolicy')) +
              change(
                '<Action>Add</Action><LogicalResourceId>Rule</LogicalResourceId><ResourceType>AWS::Events::Rule</ResourceType>',
              ),
          });
    };
    const answer = await sets.describe({ changeSet: 'deploy-action-1', stack: 'web' });
    expect(answer).toEqual({
      id: ARN,
      name: 'deploy-action-1',
      stackId: STACK,
      stackName: 'web',
      status: 'CREATE_COMPLETE',
      executionStatus: 'AVAILABLE',
      createdAt: new Date('2026-11-01T12:00:00Z'),
      tags: { team: 'a' },
      changes: [
        {
          logicalId: 'Queue',
          physicalId: 'q-1',
          type: 'AWS::SQS::Queue',
          action: 'Modify',
          policyAction: 'ReplaceAndDelete',
          replacement: 'True',
          details: [
            {
              ...{ attribute: 'Properties', name: 'QueueName', path: '/Properties/QueueName' },
              ...{ before: 'old', after: 'new', requiresRecreation: 'Always', evaluation: 'Static' },
              source: 'DirectModification',
            },
            {
              ...{ attribute: 'Properties', name: 'RedrivePolicy', requiresRecreation: 'Always' },
              ...{ evaluation: 'Static', source: 'DirectModification' },
            },
          ],
        },
        { logicalId: 'Rule', type: 'AWS::Events::Rule', action: 'Add', details: [] },
      ],
    });
  });

  test('every page, from the second on by its ARN', async () => {
    const one = (id: string) =>
      change(`<Action>Add</Action><LogicalResourceId>${id}</LogicalResourceId><ResourceType>T</ResourceType>`);
    answers = (form) => {
      if (form.get('Action') === 'DescribeEvents') return NO_EVENTS;
      return form.has('NextToken')
        ? described({ changes: one('B') })
        : described({ changes: one('A'), next: 'page-2' });
    };
    const answer = await sets.describe({ changeSet: 'deploy-action-1', stack: 'web' });
    expect(answer?.changes.map(({ logicalId }) => logicalId)).toEqual(['A', 'B']);
    const pages = ['DescribeChangeSet deploy-action-1', `DescribeChangeSet ${ARN} page-2`];
    expect(calls()).toEqual([...pages, ...pages, `DescribeEvents ${ARN}`]);
  });

  test('those of nested stacks', async () => {
    answers = (form) => {
      if (form.get('Action') === 'DescribeEvents') return NO_EVENTS;
      if (form.get('ChangeSetName') === NESTED) return described({ id: NESTED, changes: queue(fullDetail) });
      return described({
        changes: change(
          '<Action>Modify</Action><LogicalResourceId>Api</LogicalResourceId>' +
            `<ResourceType>AWS::CloudFormation::Stack</ResourceType><ChangeSetId>${NESTED}</ChangeSetId>`,
        ),
      });
    };
    const answer = await sets.describe({ changeSet: ARN });
    expect(answer?.nested).toMatchObject({ Api: { id: NESTED, changes: [{ logicalId: 'Queue' }] } });
  });

  test('one that is obsolete', async () => {
    answers = (form) => (form.get('Action') === 'DescribeEvents' ? NO_EVENTS : described({ execution: 'OBSOLETE' }));
    expect(await sets.describe({ changeSet: ARN })).toMatchObject({ executionStatus: 'OBSOLETE', changes: [] });
  });

  test('what validation found, and what it only warns of', async () => {
    const event = (mode: string, name: string, more = '') =>
      `<member><EventId>e</EventId><EventType>VALIDATION_ERROR</EventType><LogicalResourceId>Bucket</LogicalResourceId>` +
      `<ResourceType>AWS::S3::Bucket</ResourceType><ValidationFailureMode>${mode}</ValidationFailureMode>` +
      `<ValidationName>${name}</ValidationName><ValidationStatusReason>it is there</ValidationStatusReason>` +
      `<ValidationPath>/Resources/Bucket/Properties/BucketName</ValidationPath>${more}</member>`;
    const skipped = event('FAIL', 'X', '<ValidationStatus>SKIPPED</ValidationStatus>');
    const progress = '<member><EventId>p</EventId><EventType>STACK_EVENT</EventType></member>';
    answers = (form) => {
      if (form.get('Action') !== 'DescribeEvents') return described({ status: 'FAILED', execution: 'UNAVAILABLE' });
      expect(form.get('Filters.FailedEvents')).toBe('true');
      return form.has('NextToken')
        ? xml('DescribeEvents', `<OperationEvents>${event('WARN', 'QUOTA_VALIDATION')}</OperationEvents>`)
        : xml(
            'DescribeEvents',
            `<OperationEvents>${event('FAIL', 'NAME_CONFLICT_VALIDATION')}${skipped}${progress}</OperationEvents>` +
              '<NextToken>more</NextToken>',
          );
    };
    const failure = {
      ...{ logicalId: 'Bucket', type: 'AWS::S3::Bucket', reason: 'it is there' },
      path: '/Resources/Bucket/Properties/BucketName',
    };
    expect((await sets.describe({ changeSet: ARN }))?.validation).toEqual([
      { ...failure, check: 'NAME_CONFLICT_VALIDATION', severity: 'error' },
      { ...failure, check: 'QUOTA_VALIDATION', severity: 'warning' },
    ]);
  });

  test('where events cannot be asked for there are none', async () => {
    answers = (form) =>
      form.get('Action') === 'DescribeEvents' ? error('AccessDenied', 'no DescribeEvents') : described({});
    const answer = await sets.describe({ changeSet: ARN });
    expect(answer).toMatchObject({ status: 'CREATE_COMPLETE' });
    expect(answer).not.toHaveProperty('validation');
  });

  test.each([
    ['change set', NOT_FOUND],
    ['stack', NO_STACK],
  ])('one whose %s is not there is no error', async (_, answer) => {
    answers = () => answer;
    expect(await sets.describe({ changeSet: 'deploy-action-1', stack: 'web' })).toBeUndefined();
    expect(await sets.template({ changeSet: ARN })).toBeUndefined();
  });

  test('any other error is one', async () => {
    answers = () => error('AccessDenied', 'not you');
    await expect(sets.describe({ changeSet: ARN })).rejects.toThrow('not you');
  });
});

test('the template is the one as it was given', async () => {
  answers = () => xml('GetTemplate', '<TemplateBody>{}</TemplateBody>');
  expect(await sets.template({ changeSet: ARN })).toBe('{}');
  expect(asked[0]?.get('TemplateStage')).toBe('Original');
});

/** Answers of DescribeChangeSet one after the other, the last one for good. */
function inTurn(states: readonly Answer[]): void {
  let turn = 0;
  answers = (form) =>
    form.get('Action') === 'DescribeChangeSet'
      ? states[Math.min(turn++, states.length - 1)]!
      : xml('DeleteChangeSet', '');
}

describe('delete', () => {
  const reference = { changeSet: 'deploy-action-1', stack: 'web' };

  test('waits until it is made, deletes it by its ARN, and waits until it is gone', async () => {
    const [making, made, going] = ['CREATE_IN_PROGRESS', 'CREATE_COMPLETE', 'DELETE_IN_PROGRESS'].map((status) =>
      described({ status }),
    );
    inTurn([making!, made!, going!, NOT_FOUND]);
    await sets.delete(reference);
    const look = 'DescribeChangeSet deploy-action-1';
    expect(calls()).toEqual([look, look, `DeleteChangeSet ${ARN}`, look, look]);
  });

  test.each([
    ['not there', NOT_FOUND],
    ['of a stack that is not there', NO_STACK],
    ['deleted', described({ status: 'DELETE_COMPLETE' })],
  ])('one that is %s is gone', async (_, state) => {
    inTurn([state]);
    await sets.delete(reference);
    expect(calls()).toEqual(['DescribeChangeSet deploy-action-1']);
  });

  test.each([
    ['DELETE_FAILED', 'because', /is still DELETE_FAILED \(because\): delete it in the CloudFormation console/],
    ['DELETE_PENDING', undefined, /of web is still DELETE_PENDING: delete it/],
  ])('one that stays %s is an error', async (status, reason, message) => {
    inTurn([described({}), described({ status, ...(reason === undefined ? {} : { reason }) })]);
    await expect(sets.delete(reference)).rejects.toThrow(message);
  });
});

describe('deleteUncreated', () => {
  const stack = (status: string): Answer =>
    xml(
      'DescribeStacks',
      `<Stacks><member><StackId>${STACK}</StackId><StackName>web</StackName><CreationTime>2026-11-01T12:00:00Z` +
        `</CreationTime><StackStatus>${status}</StackStatus></member></Stacks>`,
    );
  const given = (states: readonly Answer[], summaries = ''): void => {
    let turn = 0;
    answers = (form) => {
      if (form.get('Action') === 'DescribeStacks') return states[Math.min(turn++, states.length - 1)]!;
      if (form.get('Action') === 'ListChangeSets') return xml('ListChangeSets', `<Summaries>${summaries}</Summaries>`);
      return xml('DeleteStack', '');
    };
  };
  const deletions = () =>
    asked.filter((form) => form.get('Action') === 'DeleteStack').map((form) => form.get('StackName'));

  test('a stack that exists for a change set alone, by its id', async () => {
    given([stack('REVIEW_IN_PROGRESS'), stack('DELETE_IN_PROGRESS'), stack('DELETE_COMPLETE')]);
    expect(await sets.deleteUncreated('web')).toBe(true);
    expect(deletions()).toEqual([STACK]);
  });

  test.each(['CREATE_COMPLETE', 'UPDATE_IN_PROGRESS', 'ROLLBACK_COMPLETE', 'CREATE_IN_PROGRESS'])(
    'never one that is %s',
    async (status) => {
      given([stack(status)]);
      expect(await sets.deleteUncreated('web')).toBe(false);
      expect(deletions()).toEqual([]);
    },
  );

  test('not one that another change set waits in', async () => {
    const other = '<member><ChangeSetName>somebodys</ChangeSetName><Status>CREATE_COMPLETE</Status></member>';
    given([stack('REVIEW_IN_PROGRESS')], other);
    expect(await sets.deleteUncreated('web')).toBe(false);
    expect(deletions()).toEqual([]);
  });

  test('one that is not there is gone', async () => {
    given([NO_STACK]);
    expect(await sets.deleteUncreated('web')).toBe(true);
    expect(deletions()).toEqual([]);
  });
});
