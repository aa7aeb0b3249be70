import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
  verify,
} from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';

/*
 * What the machine allows: HTTP without a framework, SQLite with a sync for each commit, one
 * RS256 signature for each token, and no validation of anything. Without a word it commits
 * and signs one by one (the floor); with `grouped` it commits together what arrives together
 * and signs in the thread pool (the yardstick). node bare.ts <database file> [grouped]
 */

const [file = 'bare.db', mode] = process.argv.slice(2);
const isGrouped = mode === 'grouped';
const database = new DatabaseSync(file);
database.exec(`
  PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
  CREATE TABLE IF NOT EXISTS tickets (hash TEXT PRIMARY KEY, user TEXT NOT NULL, expires INTEGER NOT NULL, used INTEGER) STRICT;
  CREATE TABLE IF NOT EXISTS sessions (id TEXT PRIMARY KEY, user TEXT NOT NULL, ended INTEGER) STRICT;
`);
const addTicket = database.prepare('INSERT INTO tickets (hash, user, expires) VALUES (?, ?, ?)');
const useTicket = database.prepare(
  'UPDATE tickets SET used = ? WHERE hash = ? AND used IS NULL AND expires > ? RETURNING user',
);
const addSession = database.prepare('INSERT INTO sessions (id, user) VALUES (?, ?)');
const findSession = database.prepare('SELECT user FROM sessions WHERE id = ? AND ended IS NULL');
const { privateKey, publicKey } = readKeys(`${file}.pem`);
const signPooled = promisify(sign);
const verifyPooled = promisify(verify);

/** Made once: the time for it is not that of a start. */
function readKeys(keyFile: string): { privateKey: KeyObject; publicKey: KeyObject } {
  if (!existsSync(keyFile)) {
    const made = generateKeyPairSync('rsa', { modulusLength: 2048 });
    writeFileSync(keyFile, made.privateKey.export({ type: 'pkcs8', format: 'pem' }));
  }
  const kept = createPrivateKey(readFileSync(keyFile));
  return { privateKey: kept, publicKey: createPublicKey(kept) };
}

const head = Buffer.from(JSON.stringify({ alg: 'RS256', kid: '1' })).toString('base64url');

async function writeToken(session: string, user: string): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const claims = { sid: session, sub: user, iat: now, exp: now + 3600 };
  const text = `${head}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`;
  const signature = isGrouped
    ? await signPooled('RSA-SHA256', Buffer.from(text), privateKey)
    : sign('RSA-SHA256', Buffer.from(text), privateKey);
  return `${text}.${signature.toString('base64url')}`;
}

interface Job {
  readonly run: () => unknown;
  readonly done: (result: never) => void;
}
let waiting: Job[] = [];

/** Commits a job by itself, or with those that arrive in the same turn. */
function commit<Result>(run: () => Result): Promise<Result> {
  if (!isGrouped) return Promise.resolve(commitAll([run])[0] as Result);
  return new Promise((done) => {
    if (waiting.length === 0) setImmediate(flush);
    waiting.push({ run, done });
  });
}

function flush(): void {
  const jobs = waiting;
  waiting = [];
  const results = commitAll(jobs.map(({ run }) => run));
  for (const [at, { done }] of jobs.entries()) done(results[at] as never);
}

function commitAll(jobs: readonly (() => unknown)[]): unknown[] {
  database.exec('BEGIN IMMEDIATE');
  const results = jobs.map((run) => run());
  database.exec('COMMIT');
  return results;
}

const hash = (text: string) => createHash('sha256').update(text).digest('base64url');
const secret = () => randomBytes(20).toString('base64url');

const routes: Readonly<Record<string, (body: string) => Promise<object>>> = {
  async '/issue'(user) {
    const ticket = secret();
    await commit(() => addTicket.run(hash(ticket), user, Date.now() + 3_600_000));
    return { ticket };
  },
  async '/redeem'(ticket) {
    const session = secret();
    const user = await commit(() => {
      const won = useTicket.get(Date.now(), hash(ticket), Date.now());
      if (won) addSession.run(session, String(won['user']));
      return won && String(won['user']);
    });
    return user ? { session, token: await writeToken(session, user) } : { refused: true };
  },
  async '/refresh'(session) {
    const found = findSession.get(session);
    return found ? { token: await writeToken(session, String(found['user'])) } : { refused: true };
  },
  async '/verify'(token) {
    const [first = '', second = '', signature = ''] = token.split('.');
    const [data, bytes] = [Buffer.from(`${first}.${second}`), Buffer.from(signature, 'base64url')];
    const isGood = isGrouped
      ? await verifyPooled('RSA-SHA256', data, publicKey, bytes)
      : verify('RSA-SHA256', data, publicKey, bytes);
    const { sid } = JSON.parse(Buffer.from(second, 'base64url').toString()) as { sid: string };
    return isGood && findSession.get(sid) ? { sid } : { refused: true };
  },
};

function answer(request: IncomingMessage, response: ServerResponse): void {
  let body = '';
  request.on('data', (data: Buffer) => (body += data.toString('latin1')));
  request.on('end', () => {
    void routes[request.url ?? '']?.(body).then((result) => {
      const text = JSON.stringify(result);
      const status = 'refused' in result ? 400 : 200;
      response.writeHead(status, {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(text),
      });
      response.end(text);
    });
  });
}

const server = createServer(answer).listen(0, '127.0.0.1', () => {
  console.log((server.address() as AddressInfo).port);
});
process.on('SIGTERM', () => process.exit(0));
