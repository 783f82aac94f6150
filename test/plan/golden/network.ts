import { reference, resources, type Golden } from './case.js';

const doc = reference('aws-resource-ec2-securitygroup');
const group = (...rules: object[]): readonly [string, object] => [
  'AWS::EC2::SecurityGroup',
  { GroupDescription: 'g', ...(rules.length > 0 && { SecurityGroupIngress: rules }) },
];
const tcp = (port: number, more: object): object => ({ IpProtocol: 'tcp', FromPort: port, ToPort: port, ...more });

/** Who may come in through the network. */
export const NETWORK: readonly Golden[] = [
  {
    name: 'a port for the whole internet',
    doc,
    before: resources({ Group: group() }),
    after: resources({ Group: group(tcp(22, { CidrIp: '0.0.0.0/0' })) }),
    expect: ['Group update access'],
  },
  {
    name: 'a port for the whole internet, version 6',
    doc,
    before: resources({ Group: group() }),
    after: resources({ Group: group(tcp(443, { CidrIpv6: '::/0' })) }),
    expect: ['Group update access'],
  },
  {
    name: 'a port for an address of the network',
    doc,
    before: resources({ Group: group() }),
    after: resources({ Group: group(tcp(5432, { CidrIp: '10.0.0.0/16' })) }),
    expect: ['Group update update'],
  },
  {
    name: 'more addresses than before',
    doc,
    before: resources({ Group: group(tcp(5432, { CidrIp: '10.0.1.0/24' })) }),
    after: resources({ Group: group(tcp(5432, { CidrIp: '10.0.0.0/8' })) }),
    expect: ['Group update access'],
  },
  {
    name: 'fewer addresses than before',
    doc,
    before: resources({ Group: group(tcp(5432, { CidrIp: '0.0.0.0/0' })) }),
    after: resources({ Group: group(tcp(5432, { CidrIp: '10.0.0.0/8' })) }),
    expect: ['Group update update'],
  },
  {
    name: 'more ports for the internet',
    doc,
    before: resources({ Group: group(tcp(443, { CidrIp: '0.0.0.0/0' })) }),
    after: resources({ Group: group({ IpProtocol: '-1', CidrIp: '0.0.0.0/0' }) }),
    expect: ['Group update access'],
  },
  {
    name: 'a rule of its own that opens',
    doc: reference('aws-resource-ec2-securitygroupingress'),
    before: resources({ Group: group() }),
    after: resources({
      Group: group(),
      Rule: [
        'AWS::EC2::SecurityGroupIngress',
        { GroupId: { 'Fn::GetAtt': ['Group', 'GroupId'] }, ...tcp(80, { CidrIp: '0.0.0.0/0' }) },
      ],
    }),
    expect: ['Rule add access'],
  },
  {
    name: 'a rule that only moves out of its group',
    doc: reference('aws-resource-ec2-securitygroupingress'),
    before: resources({ Group: group(tcp(80, { CidrIp: '0.0.0.0/0' })) }),
    after: resources({
      Group: group(),
      Rule: ['AWS::EC2::SecurityGroupIngress', { GroupId: { Ref: 'Group' }, ...tcp(80, { CidrIp: '0.0.0.0/0' }) }],
    }),
    expect: ['Group update update', 'Rule add add'],
  },
  {
    name: 'half of the internet',
    doc,
    before: resources({ Group: group() }),
    after: resources({ Group: group(tcp(22, { CidrIp: '128.0.0.0/1' })) }),
    expect: ['Group update access'],
  },
  {
    name: 'a way out is no way in',
    doc,
    before: resources({ Group: group() }),
    after: resources({
      Group: [
        'AWS::EC2::SecurityGroup',
        { GroupDescription: 'g', SecurityGroupEgress: [{ IpProtocol: '-1', CidrIp: '0.0.0.0/0' }] },
      ],
    }),
    expect: ['Group update update'],
  },
  {
    name: 'another group, not an address',
    doc,
    before: resources({ Group: group() }),
    after: resources({ Group: group(tcp(5432, { SourceSecurityGroupId: 'sg-1' })) }),
    expect: ['Group update update'],
  },
  {
    name: 'more ports for the same addresses of the network',
    doc,
    before: resources({ Group: group(tcp(5432, { CidrIp: '10.0.0.0/8' })) }),
    after: resources({ Group: group({ IpProtocol: '-1', CidrIp: '10.0.0.0/8' }) }),
    expect: ['Group update update'],
  },
  {
    name: 'a way out of its own',
    doc: reference('aws-resource-ec2-securitygroupegress'),
    before: resources({ Group: group() }),
    after: resources({
      Group: group(),
      Out: ['AWS::EC2::SecurityGroupEgress', { GroupId: { Ref: 'Group' }, IpProtocol: '-1', CidrIp: '0.0.0.0/0' }],
    }),
    expect: ['Out add add'],
  },
  {
    name: 'another description replaces a group',
    doc,
    before: resources({ Group: group() }),
    after: resources({ Group: ['AWS::EC2::SecurityGroup', { GroupDescription: 'h' }] }),
    expect: ['Group replace update'],
  },
];
