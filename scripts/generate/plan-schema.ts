import { planSchema } from '../../src/plan/schema.js';

/** Where the published schema lies, from the repository's root. */
export const PLAN_SCHEMA_FILE = 'docs/schema/plan.v1.json';

/** Text of the published schema. */
export function planSchemaText(): string {
  return `${JSON.stringify(planSchema(), undefined, 2)}\n`;
}
