import { z } from 'zod';
import { ActionError, messageOf } from '../errors.js';
import { at } from './json.js';
import { ACTIONS, RISKS, SUBJECTS, type Plan } from './model.js';

const noise = z.enum(['asset-hash', 'metadata', 'order', 'policy-equal']).describe('Why this is folded.');
const replacement = z
  .enum(['never', 'conditionally', 'always'])
  .describe('Whether this makes CloudFormation create the resource anew.');
const cause = z
  .enum(['direct', 'reference', 'parameter'])
  .describe('An edit, a resource that it refers to, or a parameter.');
const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/);

const propertyChange = z.looseObject({
  path: z.string().describe('Dotted, array indexes as numbers.'),
  before: z.unknown().exactOptional(),
  after: z.unknown().exactOptional(),
  replacement,
  cause,
  noise: noise.exactOptional(),
});

const reason = z.looseObject({ risk: z.enum(RISKS), text: z.string() });
const policyChange = z.looseObject({ before: z.string().exactOptional(), after: z.string().exactOptional() });

const driftMark = z.looseObject({
  path: z.string().describe('As of a property; empty when the whole resource was deleted by hand.'),
  expected: z.unknown().exactOptional().describe('What the last deployment left there.'),
  actual: z.unknown().exactOptional().describe('What is there now.'),
});

const change = z.looseObject({
  subject: z.enum(SUBJECTS),
  logicalId: z.string(),
  path: z.string().exactOptional().describe('Construct path.'),
  source: z.string().exactOptional().describe('`file:line` of the construct.'),
  type: z.string().exactOptional().describe('Resource type.'),
  action: z.enum(ACTIONS),
  conditional: z.boolean().exactOptional().describe('CloudFormation decides only when it runs.'),
  risk: z.enum(RISKS),
  reasons: z.array(reason).describe('Worst first.'),
  properties: z.array(propertyChange),
  deletionPolicy: policyChange.exactOptional(),
  updateReplacePolicy: policyChange.exactOptional(),
  noise: noise.exactOptional(),
  drift: z.array(driftMark).exactOptional().describe('What somebody altered by hand and this change overwrites.'),
});

const count = z.int().nonnegative();
const counts = z.looseObject({
  add: count,
  update: count,
  replace: count,
  delete: count,
  import: count,
  noise: count.exactOptional().describe('Changes that are folded and not in the other numbers.'),
});

const stackPlan = z.looseObject({
  id: z.string().describe("Artifact id; a nested stack's is `<parent>/<logical id>`."),
  displayName: z.string(),
  name: z.string().describe("CloudFormation's name; empty for a nested stack that does not exist yet."),
  account: z.string(),
  region: z.string(),
  parent: z.string().exactOptional(),
  status: z.string().exactOptional().describe('Absent when the stack does not exist.'),
  wave: z.int().positive(),
  dependsOn: z.array(z.string()),
  template: z.looseObject({ after: digest, before: digest.exactOptional() }),
  assets: z.array(z.string()),
  risk: z.enum(RISKS),
  counts,
  changes: z.array(change).describe('Worst first, then by logical id.'),
  method: z
    .enum(['template', 'change-set'])
    .exactOptional()
    .describe('How this was found out; by comparing templates, if absent.'),
  drift: z
    .looseObject({ status: z.enum(['in-sync', 'drifted', 'unknown']), reason: z.string().exactOptional() })
    .exactOptional()
    .describe('Whether anything was altered by hand; absent when nobody asked.'),
  notes: z.array(z.string()),
  changeSet: z
    .looseObject({
      id: z.string().describe('ARN.'),
      name: z.string(),
      createdAt: z.iso.datetime().exactOptional(),
    })
    .exactOptional()
    .describe('The change set that waits to be executed, made by command prepare.'),
  text: z.string().exactOptional().describe('What `cdk diff` said.'),
});

const finding = z.looseObject({
  check: z.string(),
  severity: z.enum(['info', 'warning', 'error']),
  message: z.string(),
  stack: z.string().exactOptional(),
  logicalId: z.string().exactOptional(),
});

const contextChange = z.looseObject({
  key: z.string().describe('Dotted, list indexes as numbers.'),
  before: z.unknown().exactOptional(),
  after: z.unknown().exactOptional(),
});

const contextDiff = z.looseObject({
  base: z.string().describe('Commit of the base.'),
  changes: z.array(contextChange),
  more: count.exactOptional().describe('Changes that are not listed.'),
  note: z.string().exactOptional().describe('Why the base could not be rendered.'),
});

const lifted = z.looseObject({
  gate: z.string(),
  changes: z.array(z.string()),
  exception: z.looseObject({ kind: z.enum(['type', 'id', 'label']), value: z.string() }),
  by: z.string().exactOptional().describe('Login of who set the label.'),
});

/** The plan that is written to `plan-file`. Keys that it does not know are let through. */
export const planV1 = z
  .looseObject({
    schema: z.literal('plan.v1'),
    createdAt: z.iso.datetime(),
    target: z.looseObject({
      id: z.string(),
      release: z.string(),
      environment: z.string(),
      region: z.string(),
      version: z.string(),
      account: z.string(),
    }),
    source: z.looseObject({
      repository: z.string(),
      commit: z.string(),
      ref: z.string(),
      runUrl: z.string(),
      releaseVersion: z.string(),
    }),
    assembly: z.looseObject({ digest: z.string() }),
    fingerprint: digest,
    assetFingerprint: digest,
    hasChanges: z.boolean(),
    risk: z.enum(RISKS),
    counts,
    stacks: z.array(stackPlan),
    findings: z.array(finding),
    context: contextDiff.exactOptional().describe('What a pull request changes in the rendered context.'),
    lifted: z.array(lifted).exactOptional().describe('What a gate would have stopped, and what let it pass.'),
  })
  .describe('What a deployment will change, and what it can cost.');

/**
 * Reads a plan file.
 *
 * @param file its name, for the error
 * @throws ActionError `plan` when it is no JSON, of another version, or not of the schema
 */
export function parsePlan(text: string, file: string): Plan {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    throw new ActionError('plan', `${file}: no JSON (${messageOf(error)}): write it anew with command diff`);
  }
  const version = at(data, ['schema']);
  if (version !== 'plan.v1') {
    const found = version === undefined ? 'no schema' : `schema ${JSON.stringify(version)}`;
    throw new ActionError(
      'plan',
      `${file}: ${found}, this action reads "plan.v1": write the plan with the same version of the action`,
    );
  }
  const result = planV1.safeParse(data);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const path = issue?.path.map(String) ?? [];
  const member = at(data, path);
  const value = member === undefined ? 'missing' : JSON.stringify(member).slice(0, 80);
  const problem = issue?.message ?? 'not a plan';
  throw new ActionError(
    'plan',
    `${file}: ${path.join('.')} is ${value} (${problem}): write the plan anew with command diff`,
  );
}

/** JSON Schema of `plan.v1`, for `docs/schema/plan.v1.json`. */
export function planSchema(): Record<string, unknown> {
  return { title: 'plan.v1', ...z.toJSONSchema(planV1, { target: 'draft-2020-12', io: 'input' }) };
}
