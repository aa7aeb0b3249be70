import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { errorStatus, type ErrorsJSON } from '@willcall/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openService, type TestService } from './service.ts';

let service: TestService;
let port: number;

beforeAll(async () => {
  service = await openService();
  await service.app.listen({ host: '127.0.0.1', port: 0 });
  port = (service.app.server.address() as AddressInfo).port;
});
afterAll(() => service.close());

/** Sends raw bytes and answers all that comes back until the server closes. */
async function send(bytes: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  socket.on('data', (chunk: Buffer) => (answer += chunk.toString('latin1')));
  socket.on('error', () => {});
  socket.end(Buffer.from(bytes, 'latin1'));
  await once(socket, 'close');
  return answer;
}

const head = 'host: localhost\r\nconnection: close\r\n';

describe('what is no good HTTP', () => {
  test.each([
    ['no request line', 'hello\r\n\r\n'],
    ['a bad header', `GET / HTTP/1.1\r\n${head}bad header\r\n\r\n`],
    ['a header with a control character', `GET / HTTP/1.1\r\n${head}a: \x01\r\n\r\n`],
    ['a space before the colon', `GET / HTTP/1.1\r\n${head}a : b\r\n\r\n`],
    [
      'two lengths',
      `POST /v1/client HTTP/1.1\r\n${head}content-length: 1\r\ncontent-length: 2\r\n\r\nab`,
    ],
    [
      'a length and chunks (request smuggling)',
      `POST /v1/client HTTP/1.1\r\n${head}content-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`,
    ],
    ['a bad length', `POST /v1/client HTTP/1.1\r\n${head}content-length: x\r\n\r\n`],
    ['a bad chunk', `POST /v1/client HTTP/1.1\r\n${head}transfer-encoding: chunked\r\n\r\nzz\r\n`],
    ['a bad percent in the path', `GET /v1/users/%zz HTTP/1.1\r\n${head}\r\n`],
    ['a path of raw bytes', `GET /\xff\xfe HTTP/1.1\r\n${head}\r\n`],
    ['an over-long address', `GET /${'a'.repeat(70_000)} HTTP/1.1\r\n${head}\r\n`],
    ['an over-long header', `GET / HTTP/1.1\r\n${head}a: ${'b'.repeat(70_000)}\r\n\r\n`],
    [
      'an over-long ticket',
      `GET /v1/tickets/accept?ticket=${'a'.repeat(12_000)} HTTP/1.1\r\n${head}\r\n`,
    ],
    [
      'an absolute address of another site',
      `GET http://evil.example/v1/environment HTTP/1.1\r\nhost: evil.example\r\nconnection: close\r\n\r\n`,
    ],
    ['no host in HTTP/1.1', 'GET / HTTP/1.1\r\nconnection: close\r\n\r\n'],
    ['no host in HTTP/1.0', 'GET /v1/environment HTTP/1.0\r\n\r\n'],
    ['an unknown method', `BREW /v1/client HTTP/1.1\r\n${head}\r\n`],
    ['TRACE', `TRACE /v1/client HTTP/1.1\r\n${head}\r\n`],
    [
      'a body shorter than it says',
      `POST /v1/client HTTP/1.1\r\n${head}content-type: application/x-www-form-urlencoded\r\ncontent-length: 10\r\n\r\nab`,
    ],
  ])('%s is answered below 500, in the envelope where there is an answer', async (what, bytes) => {
    const answer = await send(bytes);
    const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? (answer === '' ? 400 : 0));
    expect([what, status >= 400 && status < 500]).toEqual([what, true]);
    expect([what, problemOf(answer, status)]).toEqual([what, undefined]);
    expect(answer).not.toContain('evil.example/');
    // It is still there for others.
    expect(await send(`GET /health/live HTTP/1.1\r\n${head}\r\n`)).toMatch(/^HTTP\/1\.1 200/);
  });
});

/** What is wrong with the envelope; an answer of Node itself has none. */
function problemOf(answer: string, status: number): string | undefined {
  const [, body = ''] = answer.split('\r\n\r\n');
  if (!body.startsWith('{')) return undefined;
  const { errors, clerk_trace_id: traceId } = JSON.parse(body) as ErrorsJSON;
  if (!/^req_[0-9a-f]{32}$/.test(traceId)) return `trace id ${traceId}`;
  const code = errors[0]?.code ?? 'internal_error';
  return errorStatus[code] === status ? undefined : `${code} with ${status}`;
}
