import { ConfigError } from '../config.ts';
import { Refusal } from '../domain/refusal.ts';
import {
  DatabaseRefused,
  FolderHeld,
  NewerDatabase,
  OlderDatabase,
  StoreUnavailable,
} from '../domain/store.ts';
import { Failure } from './failure.ts';

/**
 * What to tell the person about an error: its message where it was foreseen, one sentence
 * for what the machine refuses, and everything that is known for a bug.
 */
export async function explainError(error: unknown): Promise<string> {
  if (error instanceof Failure || error instanceof ConfigError) return error.message;
  if (error instanceof DatabaseRefused) return error.message;
  if (error instanceof FolderHeld) return explainHeld(error);
  if (error instanceof NewerDatabase) return newerDatabase;
  if (error instanceof OlderDatabase) return explainOlder(error);
  if (error instanceof Refusal) return `${error.message} (${error.code})`;
  if (!(error instanceof Error)) return String(error);
  // Loaded here alone: it brings the whole server along.
  const { WorldError } = await import('../world/open-world.ts');
  const { FenceMarkError } = await import('../store/fence-mark.ts');
  const { MoveError } = await import('../store/export-lines.ts');
  if ([WorldError, FenceMarkError, MoveError].some((known) => error instanceof known))
    return error.message;
  if (error instanceof StoreUnavailable) return explainUnavailable(error);
  return (
    explainSystemError(error) ??
    explainDatabaseError(error) ??
    `This is a bug in Willcall:\n${error.stack ?? error.message}`
  );
}

const newerDatabase =
  'The database was written by a newer version of Willcall. Install that one, or restore a backup from before.';

function explainOlder({ steps }: OlderDatabase): string {
  return `The schema of the database is behind, and WILLCALL_MIGRATE is off: ${steps.join(', ')}. Run 'willcall migrate apply'.`;
}

function explainHeld({ folder }: FolderHeld): string {
  return (
    `Another Willcall works on ${folder}: one process serves a data folder. Stop that one first, or name ` +
    'another folder with --data. Many nodes for one instance need PostgreSQL: DATABASE_URL.'
  );
}

function explainUnavailable({ cause }: StoreUnavailable): string {
  const told = cause instanceof Error ? explainDatabaseError(cause) : undefined;
  return told ?? 'The database went away, or took too long. Look at it, and try again.';
}

function explainSystemError(error: NodeJS.ErrnoException & { port?: number }): string | undefined {
  const place = error.path ?? 'this address';
  switch (error.code) {
    case 'EADDRINUSE':
      return `Port ${error.port ?? ''} is in use. Stop the program that uses it, or take any free port with --port 0.`;
    case 'EACCES':
    case 'EPERM':
      return error.syscall === 'listen'
        ? 'This port may not be used by this account. Take one above 1023 with --port.'
        : `${place} may not be read or written by this account.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'This machine has no such address. Name one of its own with --host, or 0.0.0.0 for all.';
    case 'ENOSPC':
      return 'The disk is full. Nothing more can be written until there is room.';
    case 'EROFS':
      return `${place} lies on a disk that is read-only.`;
    case 'ENOTDIR':
    case 'EEXIST':
      return `${place} is in the way: a folder must be there.`;
    default:
      return undefined;
  }
}

function explainDatabaseError(
  error: Error & { code?: unknown; errcode?: unknown },
): string | undefined {
  if (error.code !== 'ERR_SQLITE_ERROR') return undefined;
  // SQLite's primary result codes: the low byte of the extended ones.
  const code = Number(error.errcode) & 0xff;
  if (code === 5 || code === 6)
    return 'The database is held by another program. Stop that one, or try again.';
  // Of a full disk SQLite tells this where a map of its log cannot grow.
  if (code === 10)
    return 'The disk of the database cannot be read or written: it is full, or it fails. Make room or look at the disk, and try again.';
  if (code === 8) return 'The database may not be written by this account.';
  if (code === 11 || code === 26)
    return 'The database file is damaged, or it is none. Restore it from a backup.';
  if (code === 13) return 'The disk is full. Nothing more can be written until there is room.';
  if (code === 14)
    return 'The database cannot be opened. Check that this account may read and write the data folder.';
  return undefined;
}
