import { same } from '../equal.js';
import type { Resource } from '../template.js';

/** A property whose value lets others in. */
export interface Switch {
  readonly type: string;
  readonly path: readonly string[];
  readonly open: (value: unknown, resource: Resource) => boolean;
  /** A new resource counts as well, not only one that was closed before. */
  readonly always?: boolean;
  readonly text: string;
  readonly source: string;
}

const isTrue = (value: unknown): boolean => same(value, true);
const isNotTrue = (value: unknown): boolean => !isTrue(value);
const is =
  (...words: readonly string[]) =>
  (value: unknown): boolean =>
    typeof value === 'string' && words.includes(value);
const reference = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference';
const publicAccess = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html';

/** Switches that open something, with the page that says so. */
export const SWITCHES: readonly Switch[] = [
  {
    type: 'AWS::RDS::DBInstance',
    path: ['PubliclyAccessible'],
    open: isTrue,
    always: true,
    text: 'gets a public address',
    source: `${reference}/aws-resource-rds-dbinstance.html`,
  },
  {
    type: 'AWS::Redshift::Cluster',
    path: ['PubliclyAccessible'],
    open: isTrue,
    always: true,
    text: 'gets a public address',
    source: `${reference}/aws-resource-redshift-cluster.html`,
  },
  {
    type: 'AWS::RedshiftServerless::Workgroup',
    path: ['PubliclyAccessible'],
    open: isTrue,
    always: true,
    text: 'gets a public address',
    source: `${reference}/aws-resource-redshiftserverless-workgroup.html`,
  },
  {
    type: 'AWS::DMS::ReplicationInstance',
    path: ['PubliclyAccessible'],
    open: isTrue,
    always: true,
    text: 'gets a public address',
    source: `${reference}/aws-resource-dms-replicationinstance.html`,
  },
  {
    type: 'AWS::MSK::Cluster',
    path: ['BrokerNodeGroupInfo', 'ConnectivityInfo', 'PublicAccess', 'Type'],
    open: is('SERVICE_PROVIDED_EIPS'),
    always: true,
    text: 'gets public addresses',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/public-access.html',
  },
  {
    type: 'AWS::EC2::Subnet',
    path: ['MapPublicIpOnLaunch'],
    open: isTrue,
    text: 'gives public addresses to what starts in it',
    source: `${reference}/aws-resource-ec2-subnet.html`,
  },
  {
    type: 'AWS::Lambda::Url',
    path: ['AuthType'],
    open: is('NONE'),
    always: true,
    text: 'answers anyone without authentication',
    source: 'https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html',
  },
  {
    type: 'AWS::Cognito::IdentityPool',
    path: ['AllowUnauthenticatedIdentities'],
    open: isTrue,
    always: true,
    text: 'gives credentials to anyone without a login',
    source: `${reference}/aws-resource-cognito-identitypool.html`,
  },
  {
    type: 'AWS::ApiGateway::Method',
    path: ['AuthorizationType'],
    open: (value, { properties }) => is('NONE')(value) && properties.HttpMethod !== 'OPTIONS',
    text: 'no longer asks for authorization',
    source: `${reference}/aws-resource-apigateway-method.html`,
  },
  {
    type: 'AWS::ApiGatewayV2::Route',
    path: ['AuthorizationType'],
    open: (value) => value === undefined || is('NONE')(value),
    text: 'no longer asks for authorization',
    source: `${reference}/aws-resource-apigatewayv2-route.html`,
  },
  {
    type: 'AWS::AppSync::GraphQLApi',
    path: ['AuthenticationType'],
    open: is('API_KEY'),
    text: 'is satisfied with an API key',
    source: 'https://docs.aws.amazon.com/appsync/latest/devguide/security-authz.html',
  },
  {
    type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    path: ['Scheme'],
    open: (value) => value === undefined || is('internet-facing')(value),
    text: 'faces the internet',
    source: `${reference}/aws-resource-elasticloadbalancingv2-loadbalancer.html`,
  },
  {
    type: 'AWS::EKS::Cluster',
    path: ['ResourcesVpcConfig', 'EndpointPublicAccess'],
    open: (value) => value === undefined || isTrue(value),
    text: 'opens its endpoint to the internet',
    source: 'https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html',
  },
  {
    type: 'AWS::S3::Bucket',
    path: ['AccessControl'],
    open: is('PublicRead', 'PublicReadWrite', 'AuthenticatedRead'),
    always: true,
    text: 'is readable for anyone',
    source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#canned-acl',
  },
  ...['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets'].map((name) => ({
    type: 'AWS::S3::Bucket',
    path: ['PublicAccessBlockConfiguration', name],
    open: isNotTrue,
    text: `no longer blocks public access (${name})`,
    source: publicAccess,
  })),
  ...['AWS::IAM::Role', 'AWS::IAM::User'].map((type) => ({
    type,
    path: ['PermissionsBoundary'],
    open: (value: unknown) => value === undefined,
    text: 'loses its permissions boundary',
    source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html',
  })),
];

/** Lists whose new members get in. */
export const MEMBERS: readonly {
  readonly type: string;
  readonly property: string;
  readonly text: string;
  readonly source: string;
}[] = [
  {
    type: 'AWS::RAM::ResourceShare',
    property: 'Principals',
    text: 'is shared with',
    source: `${reference}/aws-resource-ram-resourceshare.html`,
  },
  {
    type: 'AWS::EC2::VPCEndpointServicePermissions',
    property: 'AllowedPrincipals',
    text: 'can be reached by',
    source: `${reference}/aws-resource-ec2-vpcendpointservicepermissions.html`,
  },
  {
    type: 'AWS::IAM::UserToGroupAddition',
    property: 'Users',
    text: 'takes in',
    source: `${reference}/aws-resource-iam-usertogroupaddition.html`,
  },
];

/** Types that let somebody in by being there. */
export const DOORS: Readonly<Record<string, { readonly text: string; readonly source: string }>> = {
  'AWS::SSO::Assignment': {
    text: 'gives people a permission set in an account',
    source: `${reference}/aws-resource-sso-assignment.html`,
  },
  'AWS::IAM::OIDCProvider': {
    text: 'trusts an identity provider',
    source: `${reference}/aws-resource-iam-oidcprovider.html`,
  },
  'AWS::IAM::SAMLProvider': {
    text: 'trusts an identity provider',
    source: `${reference}/aws-resource-iam-samlprovider.html`,
  },
  'AWS::IAM::AccessKey': {
    text: 'makes a long-lived access key',
    source: `${reference}/aws-resource-iam-accesskey.html`,
  },
  'AWS::EKS::AccessEntry': {
    text: 'lets a principal into a cluster',
    source: `${reference}/aws-resource-eks-accessentry.html`,
  },
  'AWS::Lambda::LayerVersionPermission': {
    text: 'shares a layer',
    source: `${reference}/aws-resource-lambda-layerversionpermission.html`,
  },
};
