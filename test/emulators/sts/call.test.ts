import { expect, test } from 'vitest';
import { readCall, readHop } from './call.js';

const signed = (service: string) => ({
  authorization: `AWS4-HMAC-SHA256 Credential=ASIA1/20261101/eu-west-1/${service}/aws4_request, SignedHeaders=host`,
});

test.each([
  ['POST', '/', signed('cloudformation'), 'Action=DescribeStacks', 'cloudformation DescribeStacks'],
  ['POST', '/', { ...signed('ssm'), 'x-amz-target': 'AmazonSSM.GetParameter' }, '', 'ssm GetParameter'],
  ['PUT', '/bucket/key', signed('s3'), '', 's3 PUT /bucket/key'],
  ['GET', '/?Action=GetCallerIdentity', signed('sts'), '', 'sts GetCallerIdentity'],
  ['POST', '/service/Logs/operation/PutLogEvents', signed('logs'), '', 'logs PutLogEvents'],
  ['GET', '/bucket/key?X-Amz-Credential=A/1/r/s3/aws4_request', {}, '', 's3 GET /bucket/key'],
  ['POST', '/', {}, 'Action=AssumeRoleWithWebIdentity', 'sts AssumeRoleWithWebIdentity'],
])('%s %s is a call', (method, path, headers, form, result) => {
  const url = new URL(path, 'http://aws');
  const { service, action } = readCall({ method, url, headers, form: new URLSearchParams(form) });
  expect(`${service} ${action}`).toBe(result);
});

test('a hop is read whole', () => {
  const form = new URLSearchParams(
    'Action=AssumeRole&RoleArn=r&RoleSessionName=s&DurationSeconds=900&ExternalId=x' +
      '&Tags.member.1.Key=Repository&Tags.member.1.Value=acme%2Fwebapp',
  );
  const call = readCall({ method: 'POST', url: new URL('http://aws'), headers: signed('sts'), form });
  expect(readHop(call, form)).toEqual({
    action: 'AssumeRole',
    roleArn: 'r',
    sessionName: 's',
    durationSeconds: 900,
    externalId: 'x',
    tags: { Repository: 'acme/webapp' },
    token: undefined,
    callerAccessKeyId: 'ASIA1',
  });
});

test('another call is no hop', () => {
  const form = new URLSearchParams('Action=GetCallerIdentity');
  expect(readHop({ service: 'sts', action: 'GetCallerIdentity', region: '', accessKeyId: '' }, form)).toBeUndefined();
});
