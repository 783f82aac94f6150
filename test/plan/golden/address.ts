import { reference, resources, type Golden } from './case.js';

const one = (type: string, before: object, after: object): Pick<Golden, 'before' | 'after'> => ({
  before: resources({ It: [type, before] }),
  after: resources({ It: [type, after] }),
});

/** Names and addresses that others know, and what happens to resources without any. */
export const ADDRESS: readonly Golden[] = [
  {
    name: 'a queue of a fixed name is renamed',
    doc: reference('aws-resource-sqs-queue'),
    ...one('AWS::SQS::Queue', { QueueName: 'orders' }, { QueueName: 'orders-2' }),
    expect: ['It replace data-loss'],
  },
  {
    name: 'a topic of a fixed name is renamed',
    doc: reference('aws-resource-sns-topic'),
    ...one('AWS::SNS::Topic', { TopicName: 'news' }, { TopicName: 'news-2' }),
    expect: ['It replace address'],
  },
  {
    name: 'a function of a fixed name is renamed',
    doc: reference('aws-resource-lambda-function'),
    ...one('AWS::Lambda::Function', { FunctionName: 'api' }, { FunctionName: 'api-2' }),
    expect: ['It replace address'],
  },
  {
    name: 'a load balancer turns inward',
    doc: reference('aws-resource-elasticloadbalancingv2-loadbalancer'),
    ...one('AWS::ElasticLoadBalancingV2::LoadBalancer', { Scheme: 'internet-facing' }, { Scheme: 'internal' }),
    expect: ['It replace address'],
  },
  {
    name: 'a user pool that goes takes its users along',
    doc: reference('aws-resource-cognito-userpool'),
    before: resources({ It: ['AWS::Cognito::UserPool', { UserPoolName: 'people' }] }),
    after: resources({}),
    expect: ['It delete data-loss'],
  },
  {
    name: 'a user pool client gets a secret',
    doc: reference('aws-resource-cognito-userpoolclient'),
    ...one('AWS::Cognito::UserPoolClient', { GenerateSecret: false }, { GenerateSecret: true }),
    expect: ['It replace address'],
  },
  {
    name: 'the domain of a user pool',
    doc: reference('aws-resource-cognito-userpooldomain'),
    ...one('AWS::Cognito::UserPoolDomain', { Domain: 'login' }, { Domain: 'signin' }),
    expect: ['It replace address'],
  },
  {
    name: 'a hosted zone of another name',
    doc: reference('aws-resource-route53-hostedzone'),
    ...one('AWS::Route53::HostedZone', { Name: 'a.example.' }, { Name: 'b.example.' }),
    expect: ['It replace address'],
  },
  {
    name: 'a record that goes',
    doc: reference('aws-resource-route53-recordset'),
    before: resources({ It: ['AWS::Route53::RecordSet', { Name: 'www.a.example.', Type: 'A' }] }),
    after: resources({}),
    expect: ['It delete address'],
  },
  {
    name: 'a distribution loses an alias',
    doc: reference('aws-properties-cloudfront-distribution-distributionconfig'),
    ...one(
      'AWS::CloudFront::Distribution',
      { DistributionConfig: { Aliases: ['a.example', 'b.example'] } },
      { DistributionConfig: { Aliases: ['a.example'] } },
    ),
    expect: ['It update address'],
  },
  {
    name: 'an Elastic IP that goes',
    doc: reference('aws-resource-ec2-eip'),
    before: resources({ It: ['AWS::EC2::EIP'] }),
    after: resources({}),
    expect: ['It delete address'],
  },
  {
    name: 'a REST API that goes',
    doc: reference('aws-resource-apigateway-restapi'),
    before: resources({ It: ['AWS::ApiGateway::RestApi', { Name: 'api' }] }),
    after: resources({}),
    expect: ['It delete address'],
  },
  {
    name: 'the description of a REST API',
    doc: reference('aws-resource-apigateway-restapi'),
    ...one('AWS::ApiGateway::RestApi', { Name: 'api', Description: 'a' }, { Name: 'api', Description: 'b' }),
    expect: ['It update update'],
  },
  {
    name: 'a function nobody knows by name goes',
    doc: reference('aws-resource-lambda-function'),
    before: resources({ It: ['AWS::Lambda::Function', { Runtime: 'nodejs24.x' }] }),
    after: resources({}),
    expect: ['It delete update'],
  },
  {
    name: 'the memory of a function',
    doc: reference('aws-resource-lambda-function'),
    ...one('AWS::Lambda::Function', { MemorySize: 128 }, { MemorySize: 256 }),
    expect: ['It update update'],
  },
  {
    name: 'a number and its text are the same',
    doc: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html',
    ...one('AWS::Lambda::Function', { MemorySize: 128, Description: 'x' }, { MemorySize: '128', Description: 'x' }),
    expect: [],
  },
  {
    name: 'versions that are equal as numbers are two versions',
    doc: reference('aws-resource-rds-dbinstance'),
    ...one('AWS::RDS::DBInstance', { EngineVersion: '15.10' }, { EngineVersion: '15.1' }),
    expect: ['It update update'],
  },
  {
    name: 'a replaced subnet group of a cache replaces the cache, which refers to it',
    doc: reference('aws-resource-elasticache-replicationgroup'),
    before: resources({
      Group: ['AWS::ElastiCache::SubnetGroup', { CacheSubnetGroupName: 'a', SubnetIds: ['s'], Description: 'd' }],
      Cache: ['AWS::ElastiCache::ReplicationGroup', { CacheSubnetGroupName: { Ref: 'Group' } }],
    }),
    after: resources({
      Group: ['AWS::ElastiCache::SubnetGroup', { CacheSubnetGroupName: 'b', SubnetIds: ['s'], Description: 'd' }],
      Cache: ['AWS::ElastiCache::ReplicationGroup', { CacheSubnetGroupName: { Ref: 'Group' } }],
    }),
    expect: ['Cache replace data-loss', 'Group replace update'],
  },
  {
    name: 'what reads the name of a replaced topic is updated',
    doc: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-update-behaviors.html',
    before: resources({
      Topic: ['AWS::SNS::Topic', { TopicName: 'a' }],
      Reader: ['AWS::Lambda::Function', { Environment: { Variables: { TOPIC: { 'Fn::Sub': '${Topic.TopicArn}' } } } }],
    }),
    after: resources({
      Topic: ['AWS::SNS::Topic', { TopicName: 'b' }],
      Reader: ['AWS::Lambda::Function', { Environment: { Variables: { TOPIC: { 'Fn::Sub': '${Topic.TopicArn}' } } } }],
    }),
    expect: ['Reader update update', 'Topic replace address'],
  },
  {
    name: 'another type under one logical id',
    doc: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks.html',
    before: resources({ It: ['AWS::SQS::Queue'] }),
    after: resources({ It: ['AWS::SNS::Topic'] }),
    expect: ['It replace data-loss'],
  },
];
