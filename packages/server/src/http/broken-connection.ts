import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { errorBody } from './errors.ts';

/**
 * Answers what cannot be read as HTTP, and ends the connection. Nothing is logged: the error
 * holds the raw bytes, which may carry secrets.
 */
export function answerBrokenConnection(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const message = 'The request cannot be read. Check its first line, its headers and its length.';
  const body = JSON.stringify(
    errorBody('request_body_invalid', message, {}, `req_${randomUUID().replaceAll('-', '')}`),
  );
  socket.end(
    'HTTP/1.1 400 Bad Request\r\ncontent-type: application/json\r\n' +
      `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}
