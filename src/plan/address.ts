import { specOf } from './spec.js';
import type { Resource } from './template.js';

/**
 * Types that others reach by an id, a domain name or an IP that AWS gives and that is another one after a replacement.
 * The source of a row is the type's page, `typePage(type)`, section "Return values".
 */
export const ADDRESSES: ReadonlyMap<string, string> = new Map([
  ['AWS::Amplify::App', 'its default domain'],
  ['AWS::ApiGateway::DomainName', 'its domain'],
  ['AWS::ApiGateway::RestApi', 'the URL of its stages'],
  ['AWS::ApiGatewayV2::Api', 'its endpoint'],
  ['AWS::ApiGatewayV2::DomainName', 'its domain'],
  ['AWS::AppRunner::Service', 'its URL'],
  ['AWS::AppSync::GraphQLApi', 'its endpoint'],
  ['AWS::CertificateManager::Certificate', 'its ARN'],
  ['AWS::CloudFront::Distribution', 'its domain'],
  ['AWS::Cognito::IdentityPool', 'its id'],
  ['AWS::Cognito::UserPool', 'its id and issuer'],
  ['AWS::Cognito::UserPoolClient', 'its client id'],
  ['AWS::Cognito::UserPoolDomain', 'its domain'],
  ['AWS::DirectoryService::MicrosoftAD', 'its DNS addresses'],
  ['AWS::DocDB::DBCluster', 'its endpoint'],
  ['AWS::EC2::EIP', 'its IP address'],
  ['AWS::EC2::NatGateway', 'the address that outgoing traffic comes from'],
  ['AWS::EC2::TransitGateway', 'its id'],
  ['AWS::EC2::VPC', 'its id'],
  ['AWS::EC2::VPCEndpointService', 'its service name'],
  ['AWS::EC2::VPNConnection', 'its tunnel addresses'],
  ['AWS::EFS::FileSystem', 'its DNS name'],
  ['AWS::EKS::Cluster', 'its endpoint'],
  ['AWS::ElastiCache::CacheCluster', 'its endpoint'],
  ['AWS::ElastiCache::ReplicationGroup', 'its endpoint'],
  ['AWS::ElastiCache::ServerlessCache', 'its endpoint'],
  ['AWS::ElasticLoadBalancing::LoadBalancer', 'its DNS name'],
  ['AWS::ElasticLoadBalancingV2::LoadBalancer', 'its DNS name'],
  ['AWS::Elasticsearch::Domain', 'its endpoint'],
  ['AWS::GlobalAccelerator::Accelerator', 'its IP addresses'],
  ['AWS::KMS::Key', 'its id and ARN'],
  ['AWS::Lambda::Url', 'its URL'],
  ['AWS::MSK::Cluster', 'its brokers'],
  ['AWS::MSK::ServerlessCluster', 'its brokers'],
  ['AWS::Neptune::DBCluster', 'its endpoint'],
  ['AWS::OpenSearchService::Domain', 'its endpoint'],
  ['AWS::RDS::DBCluster', 'its endpoint'],
  ['AWS::RDS::DBInstance', 'its endpoint'],
  ['AWS::RDS::DBProxy', 'its endpoint'],
  ['AWS::Redshift::Cluster', 'its endpoint'],
  ['AWS::Route53::HostedZone', 'its name servers'],
  ['AWS::Route53::RecordSet', 'its name'],
  ['AWS::SES::EmailIdentity', 'its identity'],
  ['AWS::Serverless::Api', 'its URL'],
  ['AWS::Serverless::HttpApi', 'its URL'],
  ['AWS::Transfer::Server', 'its endpoint'],
]);

/** Properties that name a resource and are not called after its type. */
const NAMES: Readonly<Record<string, string>> = {
  'AWS::ElastiCache::CacheCluster': 'ClusterName',
  'AWS::ElastiCache::ReplicationGroup': 'ReplicationGroupId',
  'AWS::RDS::DBCluster': 'DBClusterIdentifier',
  'AWS::RDS::DBInstance': 'DBInstanceIdentifier',
  'AWS::Redshift::Cluster': 'ClusterIdentifier',
  'AWS::OpenSearchService::Domain': 'DomainName',
  'AWS::Elasticsearch::Domain': 'DomainName',
  'AWS::IAM::ManagedPolicy': 'ManagedPolicyName',
};

/** The property by which a template gives a resource a name of its own; undefined when the type has none. */
export function nameProperty(resource: Resource): string | undefined {
  const listed = NAMES[resource.type];
  if (listed !== undefined) return listed;
  const last = resource.type.split('::').at(-1)?.toLowerCase() ?? '';
  const candidates = ['name', `${last}name`, `${last}id`, `${last}identifier`];
  return [...(specOf(resource.type)?.replacing.keys() ?? [])].find((name) => candidates.includes(name.toLowerCase()));
}

/** What others know a resource by: a name that its template fixes, or an address that AWS gave it. */
export function knownBy(deployed: Resource): string | undefined {
  const property = nameProperty(deployed);
  const name = property === undefined ? undefined : deployed.properties[property];
  if (property !== undefined && name !== undefined && name !== null) {
    return typeof name === 'string' ? `its name ${JSON.stringify(name)}` : `its ${property}`;
  }
  return ADDRESSES.get(deployed.type);
}
