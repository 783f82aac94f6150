import { canonicalJson } from '../canonical.js';
import { fromEntries, isObject, keysOf, listOf, objectOf, type JsonObject } from '../json.js';
import { isIntrinsic, textOf, type Place } from '../intrinsic.js';

/** One thing that a policy allows or denies: a principal, an action, a resource. */
export interface Permission {
  readonly effect: 'Allow' | 'Deny';
  /** `AWS:…`, `Service:…`, `Federated:…`, `CanonicalUser:…`; empty in a policy of an identity. */
  readonly principal: string;
  /** Lower case: IAM does not tell cases of actions apart. */
  readonly action: string;
  readonly resource: string;
  /** Canonical JSON; empty when it holds always. */
  readonly condition: string;
  /** What `NotAction`, `NotResource` and `NotPrincipal` take out; empty for nothing. */
  readonly except: string;
}

/** Whether a value is a policy document: an object with statements that have an effect, or its JSON text. */
export function isPolicyDocument(value: unknown): boolean {
  return statementsOf(value).length > 0;
}

/** The statements of a document; both branches of a `Fn::If`. Empty for anything that is not a policy document. */
export function statementsOf(value: unknown): readonly JsonObject[] {
  const document = typeof value === 'string' ? parsed(value) : value;
  if (!isObject(document) || document.Statement === undefined) return [];
  return listOf(document.Statement).flatMap(branchesOf);
}

function branchesOf(statement: unknown): readonly JsonObject[] {
  if (!isObject(statement)) return [];
  if (statement['Fn::If'] !== undefined) return listOf(statement['Fn::If']).slice(1).flatMap(branchesOf);
  return statement.Effect === 'Allow' || statement.Effect === 'Deny' ? [statement] : [];
}

function parsed(text: string): unknown {
  if (!text.trimStart().startsWith('{') || !text.includes('"Statement"')) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What one statement allows or denies, one entry per principal, action and resource. */
export function permissionsOf(statement: JsonObject, place: Place): readonly Permission[] {
  const actions = listOf(statement.Action ?? (statement.NotAction === undefined ? undefined : '*'));
  const resources = listOf(statement.Resource ?? '*');
  const principals = principalsOf(statement, place);
  const shared = {
    effect: statement.Effect === 'Deny' ? ('Deny' as const) : ('Allow' as const),
    condition: conditionOf(statement.Condition, place),
    except: exceptOf(statement, place),
  };
  return principals.flatMap((principal) =>
    actions.flatMap((action) =>
      resources.map((resource) => ({
        ...shared,
        principal,
        action: textOf(action, place).toLowerCase(),
        resource: textOf(resource, place),
      })),
    ),
  );
}

function principalsOf(statement: JsonObject, place: Place): readonly string[] {
  const principal = statement.Principal ?? (statement.NotPrincipal === undefined ? undefined : '*');
  if (principal === undefined) return [''];
  if (!isObject(principal)) return [principal === '*' ? 'AWS:*' : `AWS:${account(textOf(principal, place))}`];
  return Object.entries(principal).flatMap(([kind, names]) =>
    listOf(names).map((name) => `${kind}:${kind === 'AWS' ? account(textOf(name, place)) : textOf(name, place)}`),
  );
}

/** An account id alone is the account's root: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */
function account(name: string): string {
  return /^\d{12}$/.test(name) ? `arn:aws:iam::${name}:root` : name;
}

/** Operators and keys of conditions ignore case, their values have no order. */
function conditionOf(condition: unknown, place: Place): string {
  if (!isObject(condition)) return '';
  const sorted = Object.entries(condition).flatMap(([operator, tests]) =>
    Object.entries(isObject(tests) ? tests : { '': canonicalJson(tests) }).map(([key, values]): [string, string[]] => {
      const texts = listOf(values).map((value) => textOf(value, place));
      return [`${operator} ${key}`.toLowerCase(), [...new Set(texts)].sort()];
    }),
  );
  return sorted.length === 0 ? '' : canonicalJson(fromEntries(sorted));
}

function exceptOf(statement: JsonObject, place: Place): string {
  const excepted = ['NotAction', 'NotResource', 'NotPrincipal']
    .filter((key) => statement[key] !== undefined)
    .map((key) => {
      const value = statement[key];
      const texts =
        isObject(value) && key === 'NotPrincipal'
          ? [canonicalJson(value)]
          : listOf(value).map((item) => textOf(item, place));
      return [key, texts.map((text) => (key === 'NotAction' ? text.toLowerCase() : text)).sort()] as const;
    });
  return excepted.length === 0 ? '' : canonicalJson(fromEntries(excepted));
}

const NOWHERE: Place = { account: '${AWS::AccountId}', region: '${AWS::Region}' };

/**
 * Whether two policy documents say the same: names of statements, their order, the order of lists, a single value
 * against a list of one, the spelling of a principal do not count. Of a document with a statement that cannot be read
 * as it stands (a condition of CloudFormation, an effect that is none) nobody can tell.
 */
export function equalPolicies(before: unknown, after: unknown): boolean {
  if (!isPlain(before) || !isPlain(after)) return false;
  const set = (document: unknown): string =>
    [
      ...new Set(
        statementsOf(document)
          .flatMap((one) => permissionsOf(one, NOWHERE).map((permission) => [permission, isBare(one)]))
          .map(canonicalJson),
      ),
    ]
      .sort()
      .join('\n');
  return set(before) === set(after) && restOf(before) === restOf(after);
}

/** Whether every statement says by itself what it allows or denies. */
function isPlain(value: unknown): boolean {
  const document = typeof value === 'string' ? parsed(value) : value;
  return isObject(document) && listOf(document.Statement).every(isComplete);
}

function isComplete(statement: unknown): boolean {
  if (!isObject(statement) || (statement.Effect !== 'Allow' && statement.Effect !== 'Deny')) return false;
  return listOf(statement.Action ?? statement.NotAction).length > 0;
}

/**
 * A policy document with nothing in it that means nothing: no names, lists sorted and each entry once, a list of one as
 * the entry alone. Calls of CloudFormation stay as they are. Undefined for anything that is not a policy document.
 */
export function orderless(value: unknown): JsonObject | undefined {
  if (!isPolicyDocument(value)) return undefined;
  const document = typeof value === 'string' ? parsed(value) : value;
  return isObject(document)
    ? objectOf(sorted(fromEntries(Object.entries(document).filter(([key]) => key !== 'Id'))))
    : {};
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    const entries = new Map(value.map((item) => [canonicalJson(sorted(item)), sorted(item)]));
    return entries.size === 1 ? [...entries.values()][0] : [...entries.keys()].sort().map((key) => entries.get(key));
  }
  if (!isObject(value) || isIntrinsic(value)) return value;
  const isStatement = value.Effect === 'Allow' || value.Effect === 'Deny';
  const members = Object.entries(value).filter(([key]) => !isStatement || key !== 'Sid');
  return fromEntries(members.map(([key, member]) => [key, sorted(member)]));
}

/** A statement that names no resource is about the resource that it is attached to, and nothing at all in an identity's. */
function isBare(statement: JsonObject): boolean {
  return statement.Resource === undefined && statement.NotResource === undefined;
}

/** What a document holds beside its statements: the version changes how variables are read. */
function restOf(value: unknown): string {
  const document = typeof value === 'string' ? parsed(value) : value;
  if (!isObject(document)) return '';
  const rest = keysOf(document, {}).filter((key) => key !== 'Statement' && key !== 'Id');
  const branches = listOf(document.Statement).some((one) => isObject(one) && one['Fn::If'] !== undefined);
  return canonicalJson([...rest.map((key) => [key, document[key]]), branches ? document.Statement : null]);
}
