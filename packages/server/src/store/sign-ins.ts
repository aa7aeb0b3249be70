import type { SignInStatus } from '@willcall/contract';
import type { SignIn, SignInStore } from '../domain/sign-in/sign-in.ts';
import {
  assignments,
  flag,
  insertStatement,
  number,
  optionalJson,
  optionalText,
  text,
} from './columns.ts';
import type { Engine, Reader, Row } from './engine.ts';

/** Keeps attempts to sign in. */
export function signInStore(engine: Engine): SignInStore {
  return {
    async add(signIn, client) {
      const { sql, values } = insertStatement('sign_ins', signIn);
      await engine.write(async (tx) => {
        await tx.run(sql, ...values);
        const point =
          'UPDATE clients SET sign_in_id = ?, sign_up_id = NULL, updated_at = ? WHERE id = ?';
        await tx.run(point, signIn.id, client.now, client.id);
      });
    },
    find: (id) => findSignIn(engine, id),
    async findBySession(sessionId) {
      const row = await engine.get(
        'SELECT * FROM sign_ins WHERE created_session_id = ?',
        sessionId,
      );
      return row && readSignIn(row);
    },
    update: (id, decide) =>
      engine.write(async (tx) => {
        const present = await findSignIn(tx, id);
        const change = present && present.status !== 'complete' ? decide(present) : undefined;
        if (!change) return undefined;
        const { sql, values } = assignments(change);
        const row = await tx.get(
          `UPDATE sign_ins SET ${sql} WHERE id = ? AND status <> 'complete' RETURNING *`,
          ...values,
          id,
        );
        return row && readSignIn(row);
      }),
    countAttempt: (id, most) =>
      engine.write(async (tx) => {
        const sql =
          "UPDATE sign_ins SET attempts = attempts + 1 WHERE id = ? AND attempts < ? AND status <> 'complete'";
        return (await tx.run(sql, id, most)) === 1 ? findSignIn(tx, id) : undefined;
      }),
  };
}

async function findSignIn(reader: Reader, id: string): Promise<SignIn | undefined> {
  const row = await reader.get('SELECT * FROM sign_ins WHERE id = ?', id);
  return row && readSignIn(row);
}

function readSignIn(row: Row): SignIn {
  return {
    id: text(row, 'id'),
    clientId: text(row, 'client_id'),
    status: text(row, 'status') as SignInStatus,
    identifier: optionalText(row, 'identifier'),
    userId: optionalText(row, 'user_id'),
    ticketId: optionalText(row, 'ticket_id'),
    firstFactor: optionalJson(row, 'first_factor'),
    secondFactor: optionalJson(row, 'second_factor'),
    clientTrust: optionalJson(row, 'client_trust'),
    isDeviceKnown: row['is_device_known'] === null ? undefined : flag(row, 'is_device_known'),
    newPasswordDigest: optionalText(row, 'new_password_digest'),
    signsOutOthers: flag(row, 'signs_out_others'),
    replacesSessions: flag(row, 'replaces_sessions'),
    signsUpIfMissing: flag(row, 'signs_up_if_missing'),
    attempts: number(row, 'attempts'),
    createdSessionId: optionalText(row, 'created_session_id'),
    createdAt: number(row, 'created_at'),
    abandonAt: number(row, 'abandon_at'),
  };
}
