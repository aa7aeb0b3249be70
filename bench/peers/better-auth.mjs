/*
 * Better Auth as its documents set it up, on durable storage, without rate limits and mail.
 * Session tokens are RS256; the session is looked up in the database each time.
 * node better-auth.mjs <database file or PostgreSQL address>
 */
import { createServer } from 'node:http';
import { DatabaseSync } from 'node:sqlite';
import { betterAuth } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import { toNodeHandler } from 'better-auth/node';
import { jwt, magicLink, oneTimeToken } from 'better-auth/plugins';
import { Pool } from 'pg';

const [place = ''] = process.argv.slice(2);
const origin = 'https://auth.example.com';

/** What would have been mailed since it was last asked for. */
/** @type {string[]} */
let mailed = [];

const options = {
  database: place.startsWith('postgresql:')
    ? new Pool({ connectionString: place })
    : openFile(place),
  secret: 'a secret of the benchmark, 32 characters or more',
  baseURL: origin,
  logger: { disabled: true },
  telemetry: { enabled: false },
  rateLimit: { enabled: false },
  plugins: [
    magicLink({
      expiresIn: 3600,
      sendMagicLink: async (/** @type {{ token: string }} */ { token }) => void mailed.push(token),
    }),
    oneTimeToken({ expiresIn: 60 }),
    jwt({
      jwks: { keyPairConfig: { alg: 'RS256', modulusLength: 2048 } },
      disableSettingJwtHeader: true,
    }),
  ],
};

/** @param {string} file */
function openFile(file) {
  const database = new DatabaseSync(file);
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
  return database;
}

const { runMigrations } = await getMigrations(options);
await runMigrations();
const answer = toNodeHandler(betterAuth(options));

const server = createServer((request, response) => {
  if (request.url !== '/mailed') return void answer(request, response);
  const text = JSON.stringify(mailed);
  mailed = [];
  response.writeHead(200, { 'content-length': Buffer.byteLength(text) }).end(text);
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  console.log(typeof address === 'object' ? address?.port : address);
});
process.on('SIGTERM', () => process.exit(0));
