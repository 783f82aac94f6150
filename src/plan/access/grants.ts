import { referencesIn, textOf, type Place } from '../intrinsic.js';
import { fromEntries, isObject, type JsonObject } from '../json.js';
import type { Resource } from '../template.js';
import { permissionsOf, statementsOf, type Permission } from './policy.js';

/** A permission, where it is written and whom or what it is attached to. */
export interface Grant extends Permission {
  /** Logical id of the resource that holds the policy. */
  readonly logicalId: string;
  /** What it is attached to: logical ids, or names that the template does not declare. */
  readonly holder: string;
  /** Who may be this role, who may use this resource, or what this identity may do. */
  readonly kind: 'trust' | 'resource' | 'identity';
}

/** Policies that only limit what others grant: nothing is widened by what stands in them. */
const LIMITS: ReadonlySet<string> = new Set(['AWS::EC2::VPCEndpoint', 'AWS::Organizations::Policy']);

/** Everything that the policies of a template's resources allow or deny. */
export function grantsOf(resources: ReadonlyMap<string, Resource>, place: Place): readonly Grant[] {
  return [...resources].flatMap(([logicalId, resource]) => {
    if (LIMITS.has(resource.type)) return [];
    if (resource.type === 'AWS::Lambda::Permission') return lambdaGrants(logicalId, resource, place);
    return policiesIn(resource.properties, []).flatMap(({ path, statements }) =>
      statements
        .flatMap((statement) => permissionsOf(statement, place))
        .flatMap((permission) =>
          holdersOf(logicalId, resource, place).map((holder) => ({
            ...permission,
            logicalId,
            holder,
            kind: kindOf(path, permission),
          })),
        ),
    );
  });
}

function kindOf(path: readonly string[], permission: Permission): Grant['kind'] {
  if (permission.principal === '') return 'identity';
  return path[0] === 'AssumeRolePolicyDocument' ? 'trust' : 'resource';
}

interface FoundPolicy {
  readonly path: readonly string[];
  readonly statements: readonly JsonObject[];
}

/** Policy documents are known by their shape, so that a type newer than any list of ours is read, too. */
function policiesIn(value: unknown, path: readonly string[]): readonly FoundPolicy[] {
  const statements = statementsOf(value);
  if (statements.length > 0) return [{ path, statements }];
  if (Array.isArray(value)) return value.flatMap((item, index) => policiesIn(item, [...path, String(index)]));
  if (!isObject(value)) return [];
  // A statement on its own, as AWS::Events::EventBusPolicy has it.
  if (path.at(-1) === 'Statement' && typeof value.Effect === 'string') return [{ path, statements: [value] }];
  return Object.entries(value).flatMap(([key, member]) => policiesIn(member, [...path, key]));
}

const ATTACHED = /^AWS::(?:IAM::(?:Policy|ManagedPolicy|RolePolicy|UserPolicy|GroupPolicy)|.*Policy)$/;

/** A policy that is a resource of its own belongs to what its other properties refer to; any other to its resource. */
function holdersOf(logicalId: string, resource: Resource, place: Place): readonly string[] {
  if (!ATTACHED.test(resource.type)) return [logicalId];
  const others = Object.entries(resource.properties).filter(
    ([name, value]) =>
      policiesIn(value, [name]).length === 0 && !/^(?:PolicyName|ManagedPolicyName|Description|Path|Tags)$/.test(name),
  );
  const named = fromEntries(others);
  const references = [...referencesIn(named)];
  if (references.length > 0) return references;
  return others.length === 0 ? [logicalId] : [textOf(named, place)];
}

/**
 * What `AddPermission` makes of a permission.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-permission.html
 */
function lambdaGrants(logicalId: string, resource: Resource, place: Place): readonly Grant[] {
  const { Principal, FunctionName, Action, ...rest } = resource.properties;
  const principal = textOf(Principal ?? '', place);
  const kind = principal === '*' || /^\d{12}$|^arn:|^\$\{/.test(principal) ? 'AWS' : 'Service';
  const conditions = Object.entries(rest).map(
    ([name, value]) => [name === 'PrincipalOrgID' ? 'aws:PrincipalOrgID' : `aws:${name}`, value] as const,
  );
  const statement = {
    Effect: 'Allow',
    Principal: { [kind]: principal },
    Action: Action ?? 'lambda:InvokeFunction',
    Resource: FunctionName ?? '*',
    ...(conditions.length > 0 && { Condition: { ArnLike: fromEntries(conditions) } }),
  };
  const [holder = textOf(FunctionName ?? logicalId, place)] = referencesIn(FunctionName);
  return permissionsOf(statement, place).map((permission) => ({ ...permission, logicalId, holder, kind: 'resource' }));
}
