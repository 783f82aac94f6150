import { describe, expect, test } from 'vitest';
import { Resources } from './resources.js';
import { TARGETS } from './webapp-app.js';

describe.each(TARGETS)('$environment $version', (target) => {
  const resources = new Resources(target);
  const v2 = target.version === 'v2';

  test('nothing is let in from the internet', () => {
    for (const group of resources.properties('AWS::EC2::SecurityGroup')) {
      expect(group.SecurityGroupIngress).toBeUndefined();
      expect(group.SecurityGroupEgress).toMatchObject([{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443 }]);
    }
    expect(resources.of('AWS::EC2::SecurityGroupIngress')).toEqual([]);
    for (const subnet of resources.properties('AWS::EC2::Subnet')) expect(subnet.MapPublicIpOnLaunch).toBe(false);
  });

  test('the function runs in the private subnets, one a zone', () => {
    const zones = target.environment === 'production' ? 3 : 2;
    expect(resources.only('AWS::Lambda::Function').VpcConfig).toMatchObject({
      SubnetIds: Array(zones).fill({ Ref: expect.stringContaining('private') as string }),
    });
  });

  test('every method but the preflight wants a token of the user pool', () => {
    const methods = resources.properties('AWS::ApiGateway::Method');
    const secured = methods.filter(({ HttpMethod }) => HttpMethod !== 'OPTIONS');
    expect(secured.map(({ HttpMethod }) => HttpMethod).sort()).toEqual(['GET', 'POST']);
    for (const method of secured) {
      expect(method).toMatchObject({
        AuthorizationType: 'COGNITO_USER_POOLS',
        AuthorizerId: {},
        RequestValidatorId: {},
      });
    }
  });

  test('who signs in proves it twice in production', () => {
    const { MfaConfiguration, EnabledMfas, UserPoolTier } = resources.only('AWS::Cognito::UserPool');
    expect({ MfaConfiguration, EnabledMfas, UserPoolTier }).toEqual({
      MfaConfiguration: target.environment === 'production' ? 'ON' : 'OPTIONAL',
      EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
      UserPoolTier: target.environment === 'production' ? 'PLUS' : 'ESSENTIALS',
    });
  });

  test('no statement allows every action, and only three every resource', () => {
    const statements = resources.statements();
    for (const { actions } of statements) for (const action of actions) expect(action).not.toContain('*');
    const everywhere = statements.filter(({ resources: on }) => on.includes('*'));
    expect(everywhere.flatMap(({ actions }) => actions).sort()).toEqual([
      'ec2:AssignPrivateIpAddresses',
      'ec2:CreateNetworkInterface',
      'ec2:DeleteNetworkInterface',
      'ec2:DescribeNetworkInterfaces',
      'ec2:DescribeSubnets',
      'ec2:UnassignPrivateIpAddresses',
      'xray:PutTelemetryRecords',
      'xray:PutTraceSegments',
    ]);
  });

  test('the function may do what its code does', () => {
    const sids = resources.statements().flatMap(({ sid }) => sid ?? []);
    expect(sids.sort()).toEqual(
      [
        'JoinVpc',
        ...(v2 ? ['QueryIndexes', 'SendEmail'] : []),
        'UseItems',
        ...(target.environment === 'production' ? ['UseTableKey'] : []),
        'WriteLogs',
      ].sort(),
    );
  });
});
