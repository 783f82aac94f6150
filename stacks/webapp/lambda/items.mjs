// @ts-check
/**
 * @typedef {object} Ports
 * @property {(input: any) => Promise<{ Items?: Record<string, { S?: string }>[] }>} query
 * @property {(input: any) => Promise<unknown>} put
 * @property {(input: any) => Promise<unknown>} send
 * @property {() => Date} now
 * @property {() => string} newId
 */

/**
 * The API's items: a user lists and adds their own, never anybody else's, because the partition is the token's subject.
 *
 * @param {Record<string, string | undefined>} env TABLE, ORIGINS (with commas), and where wanted INDEX and SENDER
 * @param {Ports} ports
 */
export function createHandler(env, ports) {
  const origins = (env['ORIGINS'] ?? '').split(',');

  /** @param {any} event API Gateway's proxy event */
  return async (event) => {
    const { sub, email } = event.requestContext.authorizer.claims;
    const origin = event.headers?.origin ?? event.headers?.Origin;
    const headers = {
      'content-type': 'application/json',
      'access-control-allow-origin': origins.includes(origin) ? origin : origins[0],
    };
    const answer = event.httpMethod === 'POST' ? add(sub, email, JSON.parse(event.body)) : list(sub);
    return { headers, ...(await answer) };
  };

  /** @param {string} sub */
  async function list(sub) {
    const { Items = [] } = await ports.query({
      TableName: env['TABLE'],
      ...(env['INDEX'] ? { IndexName: env['INDEX'], ScanIndexForward: false } : {}),
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: `user#${sub}` } },
    });
    const items = Items.map(({ sk, title, updatedAt }) => ({
      id: sk?.S?.slice('item#'.length),
      title: title?.S,
      updatedAt: updatedAt?.S,
    }));
    return { statusCode: 200, body: JSON.stringify({ items }) };
  }

  /**
   * @param {string} sub
   * @param {string} email
   * @param {{ title: string }} body
   */
  async function add(sub, email, { title }) {
    const updatedAt = ports.now().toISOString();
    const id = ports.newId();
    await ports.put({
      TableName: env['TABLE'],
      Item: { pk: { S: `user#${sub}` }, sk: { S: `item#${id}` }, title: { S: title }, updatedAt: { S: updatedAt } },
    });
    if (env['SENDER']) await notify(env['SENDER'], email, title);
    return { statusCode: 201, body: JSON.stringify({ id, title, updatedAt }) };
  }

  /**
   * The item is stored by now: a message that cannot be sent is a line in the log, not a failed request.
   *
   * @param {string} sender
   * @param {string} email
   * @param {string} title
   */
  async function notify(sender, email, title) {
    try {
      await ports.send({
        FromEmailAddress: sender,
        Destination: { ToAddresses: [email] },
        Content: { Simple: { Subject: { Data: 'New item' }, Body: { Text: { Data: title } } } },
      });
    } catch (error) {
      console.error('message not sent', error);
    }
  }
}
