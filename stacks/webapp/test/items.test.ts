import { describe, expect, test, vi } from 'vitest';
import { createHandler } from '../lambda/items.mjs';

const event = (method: string, body?: string, origin = 'https://example.com') => ({
  httpMethod: method,
  headers: { origin },
  body,
  requestContext: { authorizer: { claims: { sub: 'alice', email: 'alice@acme-corp.com' } } },
});

function api(env: Record<string, string> = {}, send = vi.fn().mockResolvedValue({})) {
  const query = vi.fn().mockResolvedValue({
    Items: [{ sk: { S: 'item#1' }, title: { S: 'milk' }, updatedAt: { S: '2026-01-01T00:00:00.000Z' } }],
  });
  const put = vi.fn().mockResolvedValue({});
  const handler = createHandler(
    { TABLE: 'items', ORIGINS: 'https://example.com,http://localhost:3000', ...env },
    { query, put, send, now: () => new Date('2026-01-02T03:04:05Z'), newId: () => '7' },
  );
  return { handler, query, put, send };
}

describe('GET', () => {
  test("lists the caller's own items", async () => {
    const { handler, query } = api();
    expect(await handler(event('GET'))).toEqual({
      statusCode: 200,
      headers: { 'content-type': 'application/json', 'access-control-allow-origin': 'https://example.com' },
      body: '{"items":[{"id":"1","title":"milk","updatedAt":"2026-01-01T00:00:00.000Z"}]}',
    });
    expect(query).toHaveBeenCalledWith({
      TableName: 'items',
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: 'user#alice' } },
    });
  });

  test('lists the newest first where there is an index for it', async () => {
    const { handler, query } = api({ INDEX: 'by-updated' });
    await handler(event('GET'));
    expect(query).toHaveBeenCalledWith(expect.objectContaining({ IndexName: 'by-updated', ScanIndexForward: false }));
  });

  test.each([
    ['http://localhost:3000', 'http://localhost:3000'],
    ['https://evil.example', 'https://example.com'],
  ])('answers the origin %s with %s', async (origin, allowed) => {
    const { headers } = await api().handler(event('GET', undefined, origin));
    expect(headers['access-control-allow-origin']).toBe(allowed);
  });
});

describe('POST', () => {
  test('adds an item to the caller', async () => {
    const { handler, put, send } = api();
    const { statusCode, body } = await handler(event('POST', '{"title":"milk"}'));
    expect({ statusCode, body }).toEqual({
      statusCode: 201,
      body: '{"id":"7","title":"milk","updatedAt":"2026-01-02T03:04:05.000Z"}',
    });
    expect(put).toHaveBeenCalledWith({
      TableName: 'items',
      Item: {
        pk: { S: 'user#alice' },
        sk: { S: 'item#7' },
        title: { S: 'milk' },
        updatedAt: { S: '2026-01-02T03:04:05.000Z' },
      },
    });
    expect(send).not.toHaveBeenCalled();
  });

  test('sends a message where there is a sender', async () => {
    const { handler, send } = api({ SENDER: 'no-reply@example.com' });
    await handler(event('POST', '{"title":"milk"}'));
    expect(send).toHaveBeenCalledWith(
      expect.objectContaining({
        FromEmailAddress: 'no-reply@example.com',
        Destination: { ToAddresses: ['alice@acme-corp.com'] },
      }),
    );
  });

  test('a message that cannot be sent is logged, and the item is there', async () => {
    const log = vi.spyOn(console, 'error').mockReturnValue();
    const { handler } = api({ SENDER: 'no-reply@example.com' }, vi.fn().mockRejectedValue(new Error('not verified')));
    expect((await handler(event('POST', '{"title":"milk"}'))).statusCode).toBe(201);
    expect(log).toHaveBeenCalledWith('message not sent', expect.any(Error));
  });
});
