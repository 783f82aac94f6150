import { z } from 'zod';

const schema = z.looseObject({
  sub: z.string(),
  repository: z.string().optional(),
  repository_id: z.string().optional(),
  repository_owner_id: z.string().optional(),
});

/** What GitHub's token says of a job. */
export type Claims = z.infer<typeof schema>;

/** The claims of a token, unverified: they are only shown. Undefined when it is no such token. */
export function claimsOf(token: string): Claims | undefined {
  try {
    const [, payload = ''] = token.split('.');
    return schema.safeParse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'))).data;
  } catch {
    return undefined;
  }
}

/**
 * What a trust policy needs to accept a token. GitHub puts ids into the subject for repositories that were created,
 * renamed or transferred after 15 July 2026, so both forms are told.
 */
export function trustAdvice(claims: Claims | undefined, audience: string): string {
  if (claims === undefined) return `check that its trust policy accepts the audience '${audience}'`;
  const others = forms(claims).filter((form) => form !== claims.sub);
  const also = others.length > 0 ? ` (in its other form '${others.join("', '")}')` : '';
  return (
    `this job's subject is '${claims.sub}'${also}, its audience '${audience}': the trust policy needs both, ` +
    `as token.actions.githubusercontent.com:sub and :aud`
  );
}

/** A subject in its old (`repo:OWNER/REPO:…`) and its new form (`repo:OWNER@ID/REPO@ID:…`). */
export function forms(claims: Claims): readonly string[] {
  const { repository, repository_id: id, repository_owner_id: ownerId } = claims;
  const rest = /^repo:[^:]+:(.+)$/.exec(claims.sub)?.[1];
  const [owner, name] = repository?.split('/') ?? [];
  if (rest === undefined || owner === undefined || name === undefined) return [claims.sub];
  const old = `repo:${owner}/${name}:${rest}`;
  if (id === undefined || ownerId === undefined) return [old];
  return [old, `repo:${owner}@${ownerId}/${name}@${id}:${rest}`];
}
