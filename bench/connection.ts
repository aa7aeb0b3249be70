import { connect, type Socket } from 'node:net';

/** What a server answered, as far as the load needs it. */
export interface Answer {
  readonly status: number;
  readonly head: string;
  readonly body: Buffer;
}

/** One kept-alive connection, on which a call begins when the one before has ended. */
export interface Connection {
  send(request: Buffer): Promise<Answer>;
  close(): void;
}

const endOfHead = Buffer.from('\r\n\r\n');

/**
 * Opens a connection to a port of this machine. Written by hand, because the load shares
 * the cores with what it measures: a general client costs more than the fast servers do.
 * Understands answers with a length, and chunked ones.
 */
export async function openConnection(port: number): Promise<Connection> {
  const socket = await opened(port);
  let received: Buffer = Buffer.alloc(0);
  let waiting: PromiseWithResolvers<Answer> | undefined;
  const fail = (reason: unknown) => waiting?.reject(reason);
  socket.on('error', fail);
  socket.on('close', () => fail(new Error('the server closed the connection')));
  socket.on('data', (data: Buffer) => {
    received = received.length === 0 ? data : Buffer.concat([received, data]);
    const answer = readAnswer(received);
    if (!answer) return;
    received = received.subarray(answer.length);
    waiting?.resolve(answer);
  });
  return {
    send(request) {
      waiting = Promise.withResolvers();
      socket.write(request);
      return waiting.promise;
    },
    close: () => socket.destroy(),
  };
}

function opened(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, noDelay: true });
    socket.once('connect', () => resolve(socket));
    socket.once('error', reject);
  });
}

/** The first whole answer in the bytes, and how many of them it takes; `undefined` while it is not whole. */
function readAnswer(bytes: Buffer): (Answer & { length: number }) | undefined {
  const at = bytes.indexOf(endOfHead);
  if (at === -1) return undefined;
  const head = bytes.toString('latin1', 0, at);
  const status = Number(head.slice(9, 12));
  const from = at + endOfHead.length;
  if (/^transfer-encoding: *chunked/im.test(head)) {
    const chunks = readChunks(bytes, from);
    return chunks && { status, head, body: Buffer.concat(chunks.parts), length: chunks.end };
  }
  const length = from + Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0);
  if (bytes.length < length) return undefined;
  return { status, head, body: bytes.subarray(from, length), length };
}

function readChunks(bytes: Buffer, from: number): { parts: Buffer[]; end: number } | undefined {
  const parts: Buffer[] = [];
  for (let at = from; ;) {
    const lineEnd = bytes.indexOf('\r\n', at);
    if (lineEnd === -1) return undefined;
    const size = Number.parseInt(bytes.toString('latin1', at, lineEnd), 16);
    const start = lineEnd + 2;
    const next = start + size + 2;
    if (bytes.length < next) return undefined;
    if (size === 0) return { parts, end: next };
    parts.push(bytes.subarray(start, start + size));
    at = next;
  }
}

/** A request as bytes, made before the clock runs. */
export function writeRequest(
  method: 'GET' | 'POST',
  path: string,
  { headers = {}, json, form }: RequestParts = {},
): Buffer {
  const body =
    json === undefined ? form && new URLSearchParams(form).toString() : JSON.stringify(json);
  const type = json === undefined ? 'application/x-www-form-urlencoded' : 'application/json';
  const lines = [
    `${method} ${path} HTTP/1.1`,
    ...Object.entries({ host: 'localhost', ...headers }).map(
      ([name, value]) => `${name}: ${value}`,
    ),
    ...(body === undefined
      ? []
      : [`content-type: ${type}`, `content-length: ${Buffer.byteLength(body)}`]),
  ];
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body ?? ''}`);
}

export interface RequestParts {
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly form?: Readonly<Record<string, string>> | undefined;
}
