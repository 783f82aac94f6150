import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { accountReader } from '../../src/aws/account-adapter.js';

const ROLE = `<GetRoleResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><GetRoleResult><Role>
<Path>/</Path><RoleName>plan</RoleName><RoleId>AROA</RoleId><Arn>arn:aws:iam::111122223333:role/plan</Arn>
<CreateDate>2026-01-01T00:00:00Z</CreateDate><MaxSessionDuration>7200</MaxSessionDuration>
<AssumeRolePolicyDocument>%7B%22Statement%22%3A%5B%5D%7D</AssumeRolePolicyDocument>
</Role></GetRoleResult></GetRoleResponse>`;
const failure = (code: string) =>
  `<ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><Error><Type>Sender</Type><Code>${code}</Code>` +
  `<Message>no</Message></Error></ErrorResponse>`;

let server: Server;
let answer: { readonly status: number; readonly body: string; readonly type: string };
beforeEach(async () => {
  server = createServer((_, response) => {
    response.writeHead(answer.status, { 'content-type': answer.type }).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});
const reader = () => {
  const { port } = server.address() as AddressInfo;
  const credentials = { accessKeyId: 'AKIAPLANTED', secretAccessKey: 'planted' };
  return accountReader({ region: 'eu-west-1', endpoint: `http://127.0.0.1:${port}`, credentials });
};
const xml = (status: number, body: string) => ({ status, body, type: 'text/xml' });
const json = (status: number, body: unknown) => ({
  status,
  body: JSON.stringify(body),
  type: 'application/x-amz-json-1.1',
});

test('a role: its policy as text, its longest session', async () => {
  answer = xml(200, ROLE);
  expect(await reader().role('plan')).toEqual({ trustPolicy: '{"Statement":[]}', maxSessionSeconds: 7200 });
});

test('a role that does not say how long its sessions are has an hour', async () => {
  answer = xml(200, ROLE.replace(/<MaxSessionDuration>.*<\/MaxSessionDuration>/, ''));
  expect(await reader().role('plan')).toMatchObject({ maxSessionSeconds: 3600 });
});

test('what is not there is undefined, what may not be read is an error', async () => {
  answer = xml(404, failure('NoSuchEntity'));
  expect(await reader().role('plan')).toBeUndefined();
  answer = json(400, { __type: 'ParameterNotFound' });
  expect(await reader().parameter('/version')).toBeUndefined();
  answer = xml(403, failure('AccessDenied'));
  await expect(reader().role('plan')).rejects.toMatchObject({ name: 'AccessDenied' });
});

test('the value of a parameter', async () => {
  answer = json(200, { Parameter: { Name: '/version', Type: 'String', Value: '33', Version: 1 } });
  expect(await reader().parameter('/version')).toBe('33');
});
