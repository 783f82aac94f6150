import { z } from 'zod';
import { ActionError, messageOf } from '../errors.js';
import type { Result } from './result.js';

const stack = z.looseObject({
  id: z.string(),
  name: z.string(),
  result: z.enum(['created', 'updated', 'unchanged', 'failed', 'not-started']),
  seconds: z.number(),
  outputs: z.record(z.string(), z.string()),
  failure: z.looseObject({ logicalId: z.string(), type: z.string(), reason: z.string() }).exactOptional(),
});

const result = z.looseObject({
  schema: z.literal('result.v1'),
  command: z.string(),
  id: z.string(),
  environment: z.string(),
  release: z.string(),
  region: z.string(),
  version: z.string(),
  result: z.enum(['success', 'no-changes', 'skipped', 'failure']),
  cause: z.string().exactOptional(),
  risk: z.string().exactOptional(),
  fingerprint: z.string().exactOptional(),
  stacks: z.array(stack).exactOptional(),
  url: z.string(),
});

/**
 * A result as a command has left it.
 * @param file its path, for messages
 * @throws ActionError `input`
 */
export function parseResult(text: string, file: string): Result {
  try {
    return result.parse(JSON.parse(text));
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : messageOf(error);
    throw new ActionError('input', `${file} is no result (${why}): give what a command has left as result-file`);
  }
}
