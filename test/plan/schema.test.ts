import { describe, expect, expectTypeOf, test } from 'vitest';
import type { z } from 'zod';
import { planSchemaText } from '../../scripts/generate/plan-schema.js';
import { ActionError } from '../../src/errors.js';
import { makePlan } from '../../src/plan/assemble.js';
import { planStack } from '../../src/plan/compare.js';
import type { Plan } from '../../src/plan/model.js';
import { parsePlan, planSchema, type planV1 } from '../../src/plan/schema.js';
import { inputOf } from './golden/case.js';
import { GOLDEN } from './golden/index.js';
import { PARTS } from './parts.js';

/** A parsed type without the index signatures that let unknown keys through, and read-only as the model is. */
type Known<T> = T extends readonly (infer Item)[]
  ? readonly Known<Item>[]
  : T extends object
    ? { readonly [Key in keyof T as string extends Key ? never : Key]: Known<T[Key]> }
    : T;
type Plain<T> = T extends readonly (infer Item)[]
  ? readonly Plain<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: Plain<T[Key]> }
    : T;

test('schema and model are one type', () => {
  expectTypeOf<Known<z.infer<typeof planV1>>>().toEqualTypeOf<Plain<Plan>>();
});

const plan = makePlan({
  ...PARTS,
  stacks: GOLDEN.map((golden, index) =>
    planStack(inputOf({ ...golden, input: { ...golden.input, id: `s${String(index)}` } })),
  ),
  findings: [{ check: 'cost', severity: 'warning', message: 'more' }],
});
const CONTEXT = {
  base: 'c0ffee',
  changes: [
    { key: 'a', before: null },
    { key: 'b', after: 1 },
  ],
  more: 2,
  note: 'x',
};

function changed(path: readonly (string | number)[], value: unknown): string {
  const copy = structuredClone(plan) as unknown as Record<string | number, unknown>;
  let here = copy;
  for (const key of path.slice(0, -1)) here = here[key] as Record<string | number, unknown>;
  here[path.at(-1) ?? ''] = value;
  return JSON.stringify(copy);
}

describe('parsePlan', () => {
  test('reads back what was written', () => {
    expect(parsePlan(JSON.stringify(plan), 'plan.json')).toEqual(JSON.parse(JSON.stringify(plan)));
  });

  test('reads a context', () => {
    expect(parsePlan(changed(['context'], CONTEXT), 'plan.json').context).toEqual(CONTEXT);
    expect(() => parsePlan(changed(['context'], { ...CONTEXT, more: -1 }), 'plan.json')).toThrow(/context\.more is -1/);
  });

  test('lets unknown keys through, at any depth', () => {
    expect(parsePlan(changed(['stacks', 0, 'later'], 1), 'plan.json').stacks[0]).toMatchObject({ later: 1 });
  });

  test.each([
    ['{', /^plan\.json: no JSON \(.+\): write it anew with command diff$/],
    ['[]', /^plan\.json: no schema, this action reads "plan\.v1"/],
    [changed(['schema'], 'plan.v2'), /^plan\.json: schema "plan\.v2", this action reads "plan\.v1"/],
    [changed(['stacks', 3, 'risk'], 'high'), /^plan\.json: stacks\.3\.risk is "high" \(.+\)/],
    [changed(['fingerprint'], 'sha256:1'), /^plan\.json: fingerprint is "sha256:1" \(.+\)/],
    [changed(['counts', 'add'], undefined), /^plan\.json: counts\.add is missing \(.+\)/],
  ])('refuses %#', (text, message) => {
    const read = (): Plan => parsePlan(text, 'plan.json');
    expect(read).toThrow(message);
    expect(read).toThrow(ActionError);
  });
});

test('the published schema asks for what the model has and tolerates more', () => {
  const schema = planSchema() as {
    required: string[];
    additionalProperties: unknown;
    properties: Record<string, unknown>;
  };
  expect(schema.required).toEqual(expect.arrayContaining(['schema', 'fingerprint', 'stacks', 'risk']));
  expect(schema.additionalProperties).toEqual({});
  expect(JSON.parse(planSchemaText())).toEqual(schema);
});
