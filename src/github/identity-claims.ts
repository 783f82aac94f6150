import { z } from 'zod';

/** What a job's identity token says of the job. */
export interface IdentityClaims {
  /** The job's `environment:`, if it has one. */
  readonly environment?: string;
  /** Id of the job, as it stands in the address of its log. Not on servers from before November 2025. */
  readonly job?: string;
}

const ID = z.union([z.string(), z.number()]).transform(String);
const CLAIMS = z.object({ environment: z.string().min(1).optional(), check_run_id: ID.optional() });

/** The claims of a token that GitHub gave to this job, which is why nobody verifies it here; undefined if it is none. */
export function claimsOf(token: string): IdentityClaims | undefined {
  try {
    const json = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8');
    const { environment, check_run_id: job } = CLAIMS.parse(JSON.parse(json));
    return { ...(environment === undefined ? {} : { environment }), ...(job === undefined ? {} : { job }) };
  } catch {
    return undefined;
  }
}
