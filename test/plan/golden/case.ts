import type { StackInput } from '../../../src/plan/input.js';
import type { Template } from '../../../src/plan/template.js';

/** A pair of templates and what AWS's documentation says will happen. */
export interface Golden {
  readonly name: string;
  /** The page that the expectation was written from. */
  readonly doc: string;
  readonly before?: Template;
  readonly after: Template;
  readonly input?: Partial<StackInput>;
  /** `<id> <action> <risk>`; `?` after the action: perhaps; other subjects as `output:Id`; noise in brackets. */
  readonly expect: readonly string[];
}

export const ACCOUNT = '111122223333';
export const REGION = 'eu-west-1';

const REFERENCE = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference';

/** A page of the template reference. */
export function reference(page: string): string {
  return `${REFERENCE}/${page}.html`;
}

/** A template of resources: `{ Id: [type, properties, attributes] }`. */
export function resources(
  declared: Readonly<Record<string, readonly [string, object?, object?]>>,
  more: object = {},
): Template {
  const entries = Object.entries(declared).map(([id, [Type, Properties = {}, attributes = {}]]) => [
    id,
    { Type, Properties, ...attributes },
  ]);
  return { Resources: Object.fromEntries(entries) as object, ...more };
}

/** The inputs of a stack with nothing special about it. */
export function inputOf({ before, after, input }: Pick<Golden, 'before' | 'after' | 'input'>): StackInput {
  return {
    id: 'app',
    displayName: 'app',
    name: 'app',
    account: ACCOUNT,
    region: REGION,
    wave: 1,
    dependsOn: [],
    assets: [],
    after,
    ...(before !== undefined && { before, status: 'UPDATE_COMPLETE' }),
    ...input,
  };
}
