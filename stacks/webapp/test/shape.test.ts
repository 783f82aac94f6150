import { templatesOf } from '@fastish/stack-kit/testing';
import { describe, expect, test } from 'vitest';
import { Resources } from './resources.js';
import { TARGETS, webappOf } from './webapp-app.js';

const [prototype, prototypeV2, production] = TARGETS;

describe.each(TARGETS)('$environment $version', (target) => {
  const resources = new Resources(target);

  test('is one stack with six nested ones', () => {
    expect(resources.of('AWS::CloudFormation::Stack')).toHaveLength(6);
    expect(webappOf(target).stack.stackName).toBe(`acme-corp-${target.environment}-webapp`);
  });

  test('names follow organization and environment', () => {
    const prefix = `acme-corp-${target.environment}`;
    expect(resources.only('AWS::Cognito::UserPool').UserPoolName).toBe(`${prefix}-userpool`);
    expect(resources.only('AWS::DynamoDB::Table').TableName).toBe(`${prefix}-items`);
    expect(resources.only('AWS::ApiGateway::RestApi').Name).toBe(`${prefix}-api`);
    expect(resources.only('AWS::Lambda::Function').FunctionName).toBe(`${prefix}-api`);
  });

  test('nothing is looked up, so that no account is written into the app', () => {
    const { app, stack } = webappOf(target);
    expect(app.synth().manifest.missing ?? []).toEqual([]);
    const zones = resources.properties('AWS::EC2::Subnet').map((subnet) => subnet.AvailabilityZone);
    for (const zone of zones) expect(zone).toMatchObject({ 'Fn::Select': [expect.any(Number), { 'Fn::GetAZs': '' }] });
    expect(stack.account).toBe('111122223333');
  });

  test('outputs say how to use it', () => {
    const [main] = Object.entries(templatesOf(webappOf(target).app)).filter(([file]) => !file.includes('.nested.'));
    const names = ['ApiUrl', 'TableName', 'UserPoolClientId', 'UserPoolId', 'VpcId'];
    expect(Object.keys(main?.[1].Outputs ?? {}).sort()).toEqual(
      [...names, 'DkimRecord1', 'DkimRecord2', 'DkimRecord3'].sort(),
    );
  });
});

test.each([
  [prototype, { zones: 2, gateways: 1 }],
  [production, { zones: 3, gateways: 3 }],
])('$0.environment has $1.zones zones and $1.gateways ways out', (target, { zones, gateways }) => {
  const resources = new Resources(target);
  expect(resources.of('AWS::EC2::Subnet')).toHaveLength(2 * zones);
  expect(resources.of('AWS::EC2::NatGateway')).toHaveLength(gateways);
  expect(resources.only('AWS::EC2::FlowLog').TrafficType).toBe('ALL');
});

test('the stack carries the hierarchy as tags, its resources do not', () => {
  const tags = { 'deployment:team:name': 'platform-team', 'deployment:tags': { 'cost-center': '42' } };
  const { stack } = webappOf(prototype, tags);
  expect(stack.tags.tagValues()).toMatchObject({ 'fastish:team': 'platform-team', 'cost-center': '42' });
  expect(new Resources(prototype, tags).only('AWS::DynamoDB::Table').Tags).toBeUndefined();
});

test('a hosted zone gets the DKIM records, which then are no outputs', () => {
  const { app } = webappOf(prototype, { 'deployment:ses:hosted:zone': 'Z0123456789ABC' });
  const main = templatesOf(app)['acme-corp-prototype-webapp.template.json'];
  expect(Object.keys(main?.Outputs ?? {}).filter((name) => name.startsWith('Dkim'))).toEqual([]);
  const records = new Resources(prototype, { 'deployment:ses:hosted:zone': 'Z0123456789ABC' }).properties(
    'AWS::Route53::RecordSet',
  );
  expect(records.map((record) => record.HostedZoneId)).toEqual(Array(3).fill('Z0123456789ABC'));
});

test('a verified address becomes the sender of the sign-in messages', () => {
  const pool = (more = {}) => new Resources(prototype, more).only('AWS::Cognito::UserPool');
  const ours = { EmailConfiguration: { EmailSendingAccount: 'DEVELOPER', From: 'hello@example.com' } };
  expect(pool({ 'deployment:ses:email': 'hello@example.com' })).toMatchObject(ours);
  expect(pool()).not.toMatchObject({ EmailConfiguration: { EmailSendingAccount: 'DEVELOPER' } });
});

test('v2 differs from v1 in what is worth a review', () => {
  const before = new Map(new Resources(prototype).all());
  const after = new Map(new Resources(prototypeV2).all());
  const changed = [...after].filter(([id, resource]) => JSON.stringify(before.get(id)) !== JSON.stringify(resource));
  const byType = changed.map(([id, { Type }]) => `${before.has(id) ? 'change' : 'add'} ${Type}`);
  // Each nested template that changed changes its stack in the main one too.
  expect(byType.filter((line) => !line.endsWith('::Stack')).sort()).toEqual([
    'add AWS::Cognito::UserPoolGroup',
    'change AWS::ApiGateway::Stage',
    'change AWS::Cognito::UserPool',
    'change AWS::DynamoDB::Table',
    'change AWS::IAM::Policy',
    'change AWS::Lambda::Function',
  ]);
  expect([...before.keys()].filter((id) => !after.has(id))).toEqual([]);
});
