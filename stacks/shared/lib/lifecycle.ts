import { RemovalPolicy } from 'aws-cdk-lib/core';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { z } from 'zod';

const days = Object.values(RetentionDays).filter((value): value is RetentionDays => typeof value === 'number');

/** How long things live, as a template says it (`lifecycle:`), in the CDK's own types. */
export const lifecycleSchema = z.strictObject({
  /** What happens to data and logs when they leave the stack. */
  removal: z.enum(['destroy', 'retain']).transform((kind) => RemovalPolicy[kind === 'retain' ? 'RETAIN' : 'DESTROY']),
  /** Deletion protection of tables and users, termination protection of the stack. */
  protect: z.boolean(),
  /** One of CloudWatch's own: 1, 3, 5, 7, 14, 30, 60, 90, … */
  logRetentionDays: z
    .number()
    .refine(
      (value): value is RetentionDays => days.some((known: number) => known === value),
      `must be one of ${days.slice(0, 12).join(', ')}, …`,
    ),
});

export type Lifecycle = z.infer<typeof lifecycleSchema>;
