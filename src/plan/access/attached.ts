import { textOf, type Place } from '../intrinsic.js';
import { listOf } from '../json.js';
import type { Reason } from '../model.js';
import type { Resource } from '../template.js';

/**
 * AWS's own policies that allow every action of a service or more; their names say so.
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
 */
const BROAD =
  /:policy\/(?:.*\/)?(?:AdministratorAccess.*|PowerUserAccess|SystemAdministrator|DatabaseAdministrator|NetworkAdministrator|.*FullAccess.*|.*FullAWSAccess)$/;

const ATTACHMENTS: Readonly<Record<string, readonly string[]>> = {
  'AWS::IAM::Role': ['ManagedPolicyArns'],
  'AWS::IAM::User': ['ManagedPolicyArns', 'Groups'],
  'AWS::IAM::Group': ['ManagedPolicyArns'],
  'AWS::SSO::PermissionSet': ['ManagedPolicies', 'CustomerManagedPolicyReferences'],
  'AWS::IAM::Policy': ['Roles', 'Users', 'Groups'],
  'AWS::IAM::ManagedPolicy': ['Roles', 'Users', 'Groups'],
};

/**
 * Managed policies that an identity gets, and identities that a policy is attached to. Of a new resource only broad
 * managed policies count: what a new role may do beside that stands in its own statements.
 */
export function attached(before: Resource | undefined, after: Resource, place: Place): readonly Reason[] {
  return (ATTACHMENTS[after.type] ?? []).flatMap((property) => {
    const known = new Set(listOf(before?.properties[property]).map((value) => textOf(value, place)));
    return listOf(after.properties[property])
      .map((value) => textOf(value, place))
      .filter((name) => !known.has(name))
      .filter((name) => before !== undefined || BROAD.test(name))
      .map((name) => ({
        risk: 'access' as const,
        text: /^(?:Roles|Users|Groups)$/.test(property) ? `is attached to ${name}` : `gets the managed policy ${name}`,
      }));
  });
}
