import type { IdempotentIssue } from '../domain/sign-in-token/repeat-issue.ts';
import { insertStatement, number, text } from './columns.ts';
import type { Reader, Transaction } from './engine.ts';

/** What was kept of a call of this key since the time given. */
export async function findIssue(
  reader: Reader,
  { secretKeyId, keyHash }: Pick<IdempotentIssue, 'secretKeyId' | 'keyHash'>,
  after: number,
): Promise<IdempotentIssue | undefined> {
  const row = await reader.get(
    'SELECT * FROM idempotent_issues WHERE secret_key_id = ? AND key_hash = ? AND created_at > ?',
    secretKeyId,
    keyHash,
    after,
  );
  return (
    row && {
      secretKeyId,
      keyHash,
      requestHash: text(row, 'request_hash'),
      tokenId: text(row, 'token_id'),
      seed: text(row, 'seed'),
      createdAt: number(row, 'created_at'),
    }
  );
}

/** Keeps a call, unless one of its key was made since `after`: then answers that one. */
export async function keepIssue(
  tx: Transaction,
  issue: IdempotentIssue,
  after: number,
): Promise<IdempotentIssue | undefined> {
  const { sql, values } = insertStatement('idempotent_issues', issue);
  const kept = await tx.run(
    `${sql} ON CONFLICT (secret_key_id, key_hash) DO UPDATE SET
       request_hash = excluded.request_hash, token_id = excluded.token_id,
       seed = excluded.seed, created_at = excluded.created_at
     WHERE idempotent_issues.created_at <= ?`,
    ...values,
    after,
  );
  return kept === 1 ? undefined : findIssue(tx, issue, after);
}
