import { request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';

/** Of one connection only: they say nothing about the next one. */
const OF_A_CONNECTION = new Set(['connection', 'keep-alive', 'transfer-encoding', 'expect', 'host', 'content-length']);

/** Sends a request on as it came; gives the answer to read. `body` is what was read of it already, if anything was. */
export async function forward(request: IncomingMessage, target: string, body?: Buffer): Promise<IncomingMessage> {
  const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => !OF_A_CONNECTION.has(name)));
  const length = body === undefined ? request.headers['content-length'] : String(body.length);
  const onward = httpRequest(new URL(request.url ?? '/', target), {
    method: request.method,
    headers: length === undefined ? headers : { ...headers, 'content-length': length },
  });
  const answer = new Promise<IncomingMessage>((resolve, reject) => {
    onward.once('response', resolve);
    onward.once('error', reject);
  });
  // A service may answer before it has read everything; what is left then is nobody's loss.
  pipeline(body === undefined ? request : Readable.from([body]), onward).catch((error: unknown) => {
    onward.destroy(error instanceof Error ? error : new Error(String(error)));
  });
  return answer;
}

/** Passes an answer back; with `change`, after its text went through that. */
export async function passBack(
  answer: IncomingMessage,
  response: ServerResponse,
  change?: (text: string) => string,
): Promise<void> {
  const headers = Object.fromEntries(Object.entries(answer.headers).filter(([name]) => !OF_A_CONNECTION.has(name)));
  const length = answer.headers['content-length'];
  if (change === undefined) {
    response.writeHead(
      answer.statusCode ?? 502,
      length === undefined ? headers : { ...headers, 'content-length': length },
    );
    await pipeline(answer, response);
    return;
  }
  const text = change((await buffer(answer)).toString());
  response.writeHead(answer.statusCode ?? 502, headers);
  response.end(text);
}
