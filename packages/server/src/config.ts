import { isIP } from 'node:net';
import { parse as parseAddress } from 'pg-connection-string';
import { z } from 'zod';

const flag = z.enum(['on', 'off']);
const webUrl = z.url({ protocol: /^https?$/, error: 'must be an http or https address' });

/** Process settings: everything that comes from the environment. Each is documented here. */
const environmentSchema = z.object({
  WILLCALL_PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65_535)
    .optional()
    .describe('Port. Default 4000; 0 takes any free one.'),
  WILLCALL_HOST: z.string().min(1).optional().describe('Address to listen on. Default 127.0.0.1.'),
  WILLCALL_DATA: z
    .string()
    .min(1)
    .optional()
    .describe('Folder of the database. Default .willcall.'),
  DATABASE_URL: z
    .string()
    .superRefine((url, { addIssue }) => {
      if (!isPostgres(url))
        addIssue('must begin with postgresql://; without it the data lies in a folder');
      else addProblem(addIssue, url);
    })
    .optional()
    .describe(
      'The PostgreSQL database of the instance, postgresql://user:password@host:port/database?sslmode=verify-full, for one or many server processes. Without it the data lies in the folder.',
    ),
  DATABASE_REPLICA_URL: z
    .string()
    .superRefine((urls, { addIssue }) => {
      if (!listOf(urls).every(isPostgres))
        addIssue('must be addresses that begin with postgresql://, separated by commas');
      else for (const url of listOf(urls)) addProblem(addIssue, url);
    })
    .optional()
    .describe(
      'Streaming replicas of DATABASE_URL, separated by commas, that answer lists of the Backend API. A list may then be five seconds old.',
    ),
  WILLCALL_DATABASE_POOL: z.coerce
    .number()
    .int()
    .min(1)
    .max(500)
    .optional()
    .describe('Connections that one process keeps to each PostgreSQL server at most. Default 10.'),
  WILLCALL_DATABASE_POOLER: flag
    .optional()
    .describe(
      'on where DATABASE_URL and DATABASE_REPLICA_URL name poolers in transaction mode: statements are then sent without names. Default off.',
    ),
  WILLCALL_DATABASE_LOSSLESS: flag
    .optional()
    .describe(
      'on where a failover of PostgreSQL loses no commit, as with synchronous replication, and for a planned move: its new timeline then ends no tickets and sessions. Default off.',
    ),
  WILLCALL_MIGRATE: flag
    .optional()
    .describe(
      "off where nothing shall change the schema of the database but 'willcall migrate apply': a production start, and a command beside it, then refuse a schema that is behind. Default on: they bring it up to date.",
    ),
  WILLCALL_FENCE_DIR: z
    .string()
    .min(1)
    .optional()
    .describe(
      'A second folder, on another disk than the data, in which the server keeps how far it has come. Where the data comes back older, the server ends all tickets and sessions from before at its start.',
    ),
  WILLCALL_SECRET: z
    .string()
    .min(32)
    .optional()
    .describe(
      'Production: the instance secret, 32 characters or more, that encrypts signing keys. Keep a copy apart from the data.',
    ),
  WILLCALL_SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\//, 'must begin with smtp:// or smtps://')
    .optional()
    .describe('The mail server, smtp://user:password@host:port.'),
  WILLCALL_MAIL_FROM: z.string().min(3).optional().describe('The sender of mails, Name <address>.'),
  WILLCALL_RATE_LIMITS: flag
    .optional()
    .describe('on in production, off in development; off is for load tests.'),
  WILLCALL_TRUSTED_PROXIES: z
    .string()
    .refine(
      (proxies) => listOf(proxies).every(isProxy),
      'must be addresses or networks, separated by commas, such as 127.0.0.1 or 10.0.0.0/8; names of machines are none',
    )
    .optional()
    .describe(
      'Addresses or networks such as 10.0.0.0/8, separated by commas, whose X-Forwarded headers count. loopback, linklocal and uniquelocal stand for the networks of these kinds.',
    ),
  WILLCALL_HOST_NAMES: z
    .string()
    .optional()
    .describe('Further names, separated by commas, that requests may call the server by.'),
  WILLCALL_DRAIN_SECONDS: z.coerce
    .number()
    .int()
    .min(0)
    .max(300)
    .optional()
    .describe(
      'How long a server that is told to end goes on answering while /health/ready says 503, so that a proxy before several sends nobody to it any more. Default 0.',
    ),
  WILLCALL_LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
    .optional()
    .describe('Default info in production, warn in development.'),
  WILLCALL_CLERK_PACKAGES: z
    .string()
    .min(1)
    .optional()
    .describe(
      'A folder whose node_modules holds @clerk/clerk-js and @clerk/ui, to serve them under /npm.',
    ),
  WILLCALL_API_URL: webUrl
    .optional()
    .describe(
      'The running server that commands about users and tokens call. Default http://localhost:4000.',
    ),
  WILLCALL_SECRET_KEY: z
    .string()
    .regex(/^sk_(test|live)_\w{20,100}$/, 'must be a secret key, sk_test_… or sk_live_…')
    .optional()
    .describe('The secret key with which they call it. In development it is found by itself.'),
});

/** A database of PostgreSQL, and how it is reached. */
export interface DatabaseAddress {
  readonly url: string;
  /** Of replicas that answer lists. */
  readonly replicaUrls: readonly string[];
  readonly poolSize: number | undefined;
  /** Behind a pooler in transaction mode. */
  readonly isPooled: boolean;
  /** A failover of it loses no commit. */
  readonly isLossless: boolean;
}

/** The settings of one process, after validation. */
export interface Environment {
  readonly port: number | undefined;
  readonly host: string | undefined;
  readonly data: string | undefined;
  /** `undefined` where the data lies in the folder. */
  readonly database: DatabaseAddress | undefined;
  /** What a production process does about steps of the schema that have not run yet. */
  readonly whenBehind: 'apply' | 'refuse';
  readonly fenceFolder: string | undefined;
  readonly secret: string | undefined;
  readonly smtpUrl: string | undefined;
  readonly mailFrom: string | undefined;
  readonly rateLimits: boolean | undefined;
  readonly trustedProxies: readonly string[];
  readonly hostNames: readonly string[];
  readonly drainSeconds: number | undefined;
  readonly logLevel: string | undefined;
  readonly clerkPackages: string | undefined;
  readonly apiUrl: string | undefined;
  readonly secretKey: string | undefined;
  /** Everything that is set, for secrets that the configuration file names by their variable. */
  readonly variables: NodeJS.ProcessEnv;
}

/** A setting that cannot be used. The message says which and why, without its value. */
export class ConfigError extends Error {}

/** Reads the environment. Throws {@link ConfigError}; an empty variable counts as absent. */
export function readEnvironment(variables: NodeJS.ProcessEnv): Environment {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const parsed = environmentSchema.safeParse(given);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(
      (issue) => `${issue.path.join('.')}: ${issue.message}`,
    );
    throw new ConfigError(
      `The environment has a setting that cannot be used.\n  ${problems.join('\n  ')}`,
    );
  }
  const env = parsed.data;
  return {
    port: env.WILLCALL_PORT,
    host: env.WILLCALL_HOST,
    data: env.WILLCALL_DATA,
    database: env.DATABASE_URL === undefined ? undefined : databaseOf(env.DATABASE_URL, env),
    whenBehind: env.WILLCALL_MIGRATE === 'off' ? 'refuse' : 'apply',
    fenceFolder: env.WILLCALL_FENCE_DIR,
    secret: env.WILLCALL_SECRET,
    smtpUrl: env.WILLCALL_SMTP_URL,
    mailFrom: env.WILLCALL_MAIL_FROM,
    rateLimits:
      env.WILLCALL_RATE_LIMITS === undefined ? undefined : env.WILLCALL_RATE_LIMITS === 'on',
    trustedProxies: listOf(env.WILLCALL_TRUSTED_PROXIES),
    hostNames: listOf(env.WILLCALL_HOST_NAMES),
    drainSeconds: env.WILLCALL_DRAIN_SECONDS,
    logLevel: env.WILLCALL_LOG_LEVEL,
    clerkPackages: env.WILLCALL_CLERK_PACKAGES,
    apiUrl: env.WILLCALL_API_URL,
    secretKey: env.WILLCALL_SECRET_KEY,
    variables: given,
  };
}

function isPostgres(url: string): boolean {
  return /^postgres(ql)?:\/\//.test(url);
}

function addProblem(addIssue: (message: string) => void, url: string): void {
  const problem = problemOfAddress(url);
  if (problem) addIssue(problem);
}

/** Why the driver could not use an address: it parses it here as it will there. Nothing secret is in it. */
function problemOfAddress(url: string): string | undefined {
  try {
    const { port } = parseAddress(url);
    if (!port || (/^\d{1,5}$/.test(port) && Number(port) >= 1 && Number(port) <= 65_535))
      return undefined;
    return 'has a port that is no number from 1 to 65535';
  } catch (error) {
    const { code, path: file, message } = error as NodeJS.ErrnoException;
    if (file !== undefined) return `names a file that cannot be read, ${file} (${code})`;
    if (error instanceof URIError)
      return 'has a % that begins no character: write %25 for a % itself';
    if (code === 'ERR_INVALID_URL')
      return 'is no address of one server: postgresql://user:password@host:port/database, with %23, %2F, %3F and %40 for the characters #, /, ? and @ of the password';
    return `cannot be used: ${message}`;
  }
}

function databaseOf(url: string, env: z.infer<typeof environmentSchema>): DatabaseAddress {
  return {
    url,
    replicaUrls: listOf(env.DATABASE_REPLICA_URL),
    poolSize: env.WILLCALL_DATABASE_POOL,
    isPooled: env.WILLCALL_DATABASE_POOLER === 'on',
    isLossless: env.WILLCALL_DATABASE_LOSSLESS === 'on',
  };
}

/** What `proxy-addr` of Fastify takes: an address, a network that is not everybody, or a name of its own. */
function isProxy(written: string): boolean {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(written)) return true;
  const [address = '', prefix, ...more] = written.split('/');
  const bits = { 0: 0, 4: 32, 6: 128 }[isIP(address)] ?? 0;
  if (bits === 0 || more.length > 0) return false;
  if (prefix === undefined) return true;
  return /^\d{1,3}$/.test(prefix) && Number(prefix) >= 1 && Number(prefix) <= bits;
}

function listOf(written: string | undefined): readonly string[] {
  return (written ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
}

/** The process settings with their descriptions, for the generated reference. */
export function describeEnvironment(): readonly { name: string; description: string }[] {
  return Object.entries(environmentSchema.shape).map(([name, schema]) => ({
    name,
    description: schema.description ?? '',
  }));
}
