import { expect, test } from 'vitest';
import { Issuer as Signer } from '../github/oidc.js';
import type { Hop } from './call.js';
import { refusal, type CallerSession, type TrustRule } from './trust.js';

const ROLE = 'arn:aws:iam::222222222222:role/deploy';
const PLATFORM = 'arn:aws:iam::111111111111:role/platform';
const NOW = 1_000_000;
const signer = new Signer();
const issuer = { url: 'http://issuer', keys: signer.jwks().keys };
const nobody: CallerSession = { arn: 'arn:aws:iam::111111111111:root', role: undefined };
const platform: CallerSession = { arn: 'arn:aws:sts::111111111111:assumed-role/platform/s', role: PLATFORM };

function hop(changes: Partial<Hop> = {}): Hop {
  return {
    action: 'AssumeRole',
    roleArn: ROLE,
    sessionName: 's',
    durationSeconds: 3600,
    externalId: undefined,
    tags: {},
    token: undefined,
    callerAccessKeyId: 'ASIA1',
    ...changes,
  };
}

function web(claims: Record<string, unknown> = {}, from = signer): Hop {
  const sub = 'repo:acme-corp@77/webapp@4242:environment:production';
  const token = from.sign({ iss: issuer.url, aud: 'sts.amazonaws.com', sub, exp: NOW + 60, ...claims });
  return hop({ action: 'AssumeRoleWithWebIdentity', token, callerAccessKeyId: '' });
}

const judge = (asked: Hop, rule?: Omit<TrustRule, 'role'>, caller = nobody): string => {
  const error = refusal(asked, rule && { role: ROLE, ...rule }, caller, issuer, NOW);
  return error ? `${error.code}: ${error.message}` : 'taken';
};

test.each<[string, Hop, Omit<TrustRule, 'role'> | undefined, CallerSession, string]>([
  ['no rule', hop(), undefined, nobody, 'taken'],
  ['the trusted role', hop(), { trusts: PLATFORM }, platform, 'taken'],
  ['another caller', hop(), { trusts: PLATFORM }, nobody, 'not authorized to perform: sts:AssumeRole on resource: arn'],
  ['a role for tokens alone', hop(), { subjects: ['*'] }, platform, 'not authorized to perform: sts:AssumeRole on'],
  ['its external id', hop({ externalId: 'x' }), { externalId: 'x' }, nobody, 'taken'],
  ['no external id', hop(), { externalId: 'x' }, nobody, 'AccessDenied'],
  ['tags', hop({ tags: { a: 'b' } }), {}, nobody, 'taken'],
  ['tags that it refuses', hop({ tags: { a: 'b' } }), { refuseTagSession: true }, nobody, 'sts:TagSession'],
  ['two hours', hop({ durationSeconds: 7200 }), undefined, nobody, 'taken'],
  ['two hours on a chain', hop({ durationSeconds: 7200 }), undefined, platform, 'ValidationError: The requested Dur'],
  ['more than the role allows', hop({ durationSeconds: 7200 }), { maxDuration: 3600 }, nobody, 'MaxSessionDuration'],
  ['less than AWS allows', hop({ durationSeconds: 899 }), undefined, nobody, 'greater than or equal to 900'],
])('a role that is taken with %s', (_, asked, rule, caller, result) => {
  expect(judge(asked, rule, caller)).toContain(result);
});

test.each<[string, Hop, Omit<TrustRule, 'role'> | undefined, string]>([
  ['no rule', web(), undefined, 'taken'],
  ['its subject', web(), { subjects: ['repo:acme-corp@*/webapp@*:environment:production'] }, 'taken'],
  ['the old form of a subject', web(), { subjects: ['repo:acme-corp/webapp:*'] }, 'Not authorized to perform sts:Ass'],
  ['a role for roles alone', web(), { trusts: PLATFORM }, 'AccessDenied'],
  ['another audience', web({ aud: 'other' }), undefined, 'InvalidIdentityToken: Incorrect token audience'],
  ['an audience of its own', web({ aud: 'other' }), { audience: 'other' }, 'taken'],
  ['an expired token', web({ exp: NOW }), undefined, 'ExpiredTokenException'],
  ['a token of another issuer', web({ iss: 'http://other' }), undefined, 'InvalidIdentityToken'],
  ['a token under another key', web({}, new Signer()), undefined, 'InvalidIdentityToken'],
  ['no token', hop({ action: 'AssumeRoleWithWebIdentity' }), undefined, 'InvalidIdentityToken'],
])('a role that is taken by %s', (_, asked, rule, result) => {
  expect(judge(asked, rule)).toContain(result);
});
