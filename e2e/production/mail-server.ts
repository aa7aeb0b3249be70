import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { expect } from 'vitest';

/** A mail as it came over the wire. */
export interface ReceivedMail {
  readonly to: string;
  readonly from: string;
  /** Headers and body, as they were sent. */
  readonly source: string;
}

/** A mail server that takes every mail, and shows it. */
export interface MailServer {
  /** For `WILLCALL_SMTP_URL`. */
  readonly url: string;
  /** The mails to an address, oldest first. */
  readonly mailsTo: (address: string) => readonly ReceivedMail[];
  stop(): Promise<void>;
}

/** Starts it on a free port. It wants the user and the password of its address. */
export async function startMailServer(): Promise<MailServer> {
  const received: ReceivedMail[] = [];
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth({ username, password }, _session, done) {
      const isKnown = username === 'willcall' && password === 'a letter box';
      done(isKnown ? null : new Error('nobody of this name'), { user: username });
    },
    onData(stream, { envelope }, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        received.push({
          to: envelope.rcptTo[0]?.address ?? '',
          from: envelope.mailFrom ? envelope.mailFrom.address : '',
          source: Buffer.concat(chunks).toString(),
        });
        done();
      });
    },
  });
  const listening = server.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  const { port } = listening.address() as AddressInfo;
  return {
    url: `smtp://willcall:${encodeURIComponent('a letter box')}@127.0.0.1:${port}`,
    mailsTo: (address) => received.filter(({ to }) => to === address),
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}

/** The code of the newest mail to an address, once it is there. */
export function receiveCode(server: MailServer, address: string): Promise<string> {
  return receive(server, address, /\b\d{6}\b/);
}

/** The link of the newest mail to an address, once it is there. */
export function receiveLink(server: MailServer, address: string): Promise<string> {
  return receive(server, address, /https:\/\/[^\s"<>]+/);
}

async function receive(server: MailServer, address: string, wanted: RegExp): Promise<string> {
  await expect.poll(() => server.mailsTo(address).length).toBeGreaterThan(0);
  const { source = '' } = server.mailsTo(address).at(-1) ?? {};
  const body = readQuotedPrintable(source.split('\r\n\r\n').slice(1).join('\n'));
  const found = wanted.exec(body)?.[0];
  if (found === undefined) throw new Error(`the mail to ${address} holds no ${wanted}: ${body}`);
  return found;
}

/** RFC 2045, section 6.7, as far as ASCII goes. */
function readQuotedPrintable(text: string): string {
  return text
    .replaceAll('=\r\n', '')
    .replaceAll(/=([\dA-F]{2})/g, (_all, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}
