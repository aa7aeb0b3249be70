import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { isOnPostgres, testDatabase } from '../database/test-database.ts';

/**
 * What must hold of every database at every moment: each query finds the rows that are half of
 * something. Read from the tables, since no API would show what it does not expect.
 */
const halves: Readonly<Record<string, string>> = {
  'a spent token without its session': `
    SELECT id FROM sign_in_tokens t WHERE status = 'accepted' AND (redeemed_at IS NULL OR NOT EXISTS
      (SELECT 1 FROM sessions s WHERE s.id = t.session_id AND s.user_id = t.user_id))`,
  'a token with a session that is not spent': `
    SELECT id FROM sign_in_tokens WHERE status <> 'accepted' AND (session_id IS NOT NULL OR redeemed_at IS NOT NULL)`,
  'a session of two tokens': `
    SELECT session_id FROM sign_in_tokens WHERE session_id IS NOT NULL GROUP BY session_id HAVING count(*) > 1`,
  'a session by ticket without its token': `
    SELECT id FROM sessions WHERE strategy = 'ticket'
      AND id NOT IN (SELECT session_id FROM sign_in_tokens WHERE session_id IS NOT NULL)
      AND id NOT IN (SELECT session_id FROM invitations WHERE session_id IS NOT NULL)`,
  'a session without its client': `
    SELECT id FROM sessions s WHERE NOT EXISTS (SELECT 1 FROM clients c WHERE c.id = s.client_id)`,
  'a session without its user': `
    SELECT id FROM sessions s WHERE NOT EXISTS (SELECT 1 FROM users u WHERE u.id = s.user_id)`,
  'a session without its attempt': `
    SELECT id FROM sessions s
    WHERE NOT EXISTS (SELECT 1 FROM sign_ins a WHERE a.created_session_id = s.id AND a.status = 'complete')
      AND NOT EXISTS (SELECT 1 FROM sign_ups a WHERE a.created_session_id = s.id AND a.status = 'complete')`,
  'a complete sign-in without its session': `
    SELECT id FROM sign_ins a WHERE status = 'complete' AND NOT EXISTS
      (SELECT 1 FROM sessions s WHERE s.id = a.created_session_id)`,
  'a complete sign-up without its session or its user': `
    SELECT id FROM sign_ups a WHERE status = 'complete' AND NOT EXISTS
      (SELECT 1 FROM sessions s JOIN users u ON u.id = s.user_id
       WHERE s.id = a.created_session_id AND u.id = a.created_user_id)`,
  'a client whose active session is not there': `
    SELECT id FROM clients c WHERE last_active_session_id IS NOT NULL AND NOT EXISTS
      (SELECT 1 FROM sessions s WHERE s.id = c.last_active_session_id)`,
  'an accepted invitation without its user': `
    SELECT id FROM invitations i WHERE status = 'accepted' AND NOT EXISTS
      (SELECT 1 FROM users u WHERE u.id = i.accepted_user_id)`,
};

/** What is half or damaged in a database file; empty where it is whole. Nobody else may be writing it. */
export function findHalves(file: string): readonly string[] {
  const database = new DatabaseSync(file);
  try {
    const { integrity_check: integrity } = database.prepare('PRAGMA integrity_check').get() ?? {};
    const found = Object.entries(halves).flatMap(([what, sql]) =>
      database.prepare(sql).all().length > 0 ? [what] : [],
    );
    return integrity === 'ok' ? found : [`damaged: ${String(integrity)}`, ...found];
  } finally {
    database.close();
  }
}

/** The same of the database that belongs to a folder, on the engine that this run is about. */
export async function findHalvesIn(folder: string): Promise<readonly string[]> {
  if (!isOnPostgres()) return findHalves(path.join(folder, 'willcall.db'));
  const database = await testDatabase(folder);
  const engine = database.open();
  try {
    const found = Object.entries(halves).map(async ([what, sql]) =>
      (await engine.all(sql)).length > 0 ? [what] : [],
    );
    return (await Promise.all(found)).flat();
  } finally {
    await engine.close();
    await database.close();
  }
}
