import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { awsSdk } from '../../src/aws/sdk-adapter.js';

const IDENTITY = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
<Arn>arn:aws:iam::111122223333:user/someone</Arn><UserId>AIDA</UserId><Account>111122223333</Account>
</GetCallerIdentityResult></GetCallerIdentityResponse>`;
const NOT_THERE = `<ErrorResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><Error><Type>Sender</Type>
<Code>ValidationError</Code><Message>Stack with id web does not exist</Message></Error></ErrorResponse>`;

let server: Server;
let asked: string[];
let answer: { readonly status: number; readonly body: string };
beforeEach(async () => {
  asked = [];
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.writeHead(answer.status, { 'content-type': 'text/xml' }).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAPLANTED');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'planted');
});
afterEach(async () => {
  vi.unstubAllEnvs();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});
const address = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

test('a stack that is not there is no error', async () => {
  answer = { status: 400, body: NOT_THERE };
  vi.stubEnv('AWS_ENDPOINT_URL', address());
  const cloudFormation = awsSdk().cloudFormation('eu-west-1');
  expect(await cloudFormation.describeStack('web')).toBeUndefined();
  expect(await cloudFormation.template('web')).toBeUndefined();
  expect(await cloudFormation.resources('web')).toEqual([]);
});

test('where there is a proxy, AWS is asked through it', async () => {
  answer = { status: 200, body: IDENTITY };
  vi.stubEnv('AWS_ENDPOINT_URL', 'http://aws.example');
  vi.stubEnv('http_proxy', address());
  expect(await awsSdk().sts('eu-west-1').callerIdentity()).toMatchObject({ account: '111122223333' });
  expect(asked).toEqual(['http://aws.example/']);
});
