import type { SignUpStatus } from '@willcall/contract';
import type { SignUp, SignUpStore } from '../domain/sign-up/sign-up.ts';
import {
  assignments,
  flag,
  insertStatement,
  json,
  number,
  optionalNumber,
  optionalText,
  text,
} from './columns.ts';
import type { Engine, Reader, Row } from './engine.ts';

/** Keeps attempts to sign up. */
export function signUpStore(engine: Engine): SignUpStore {
  return {
    async add(signUp, client) {
      const { sql, values } = insertStatement('sign_ups', signUp);
      await engine.write(async (tx) => {
        await tx.run(sql, ...values);
        const point =
          'UPDATE clients SET sign_up_id = ?, sign_in_id = NULL, updated_at = ? WHERE id = ?';
        await tx.run(point, signUp.id, client.now, client.id);
      });
    },
    find: (id) => findSignUp(engine, id),
    async findBySession(sessionId) {
      const row = await engine.get(
        'SELECT * FROM sign_ups WHERE created_session_id = ?',
        sessionId,
      );
      return row && readSignUp(row);
    },
    update: (id, decide) =>
      engine.write(async (tx) => {
        const present = await findSignUp(tx, id);
        const change = present && present.status !== 'complete' ? decide(present) : undefined;
        if (!change || Object.keys(change).length === 0) return change && present;
        const { sql, values } = assignments(change);
        const row = await tx.get(
          `UPDATE sign_ups SET ${sql} WHERE id = ? AND status <> 'complete' RETURNING *`,
          ...values,
          id,
        );
        return row && readSignUp(row);
      }),
    countAttempt: (id, most) =>
      engine.write(async (tx) => {
        const sql =
          "UPDATE sign_ups SET attempts = attempts + 1 WHERE id = ? AND attempts < ? AND status <> 'complete'";
        return (await tx.run(sql, id, most)) === 1 ? findSignUp(tx, id) : undefined;
      }),
    spendCode: (id, codeHash) =>
      engine.write(async (tx) => {
        const sql = `UPDATE sign_ups SET is_email_address_verified = 1, code_hash = NULL, code_expire_at = NULL
                     WHERE id = ? AND code_hash = ? AND status <> 'complete'`;
        return (await tx.run(sql, id, codeHash)) === 1 ? findSignUp(tx, id) : undefined;
      }),
  };
}

async function findSignUp(reader: Reader, id: string): Promise<SignUp | undefined> {
  const row = await reader.get('SELECT * FROM sign_ups WHERE id = ?', id);
  return row && readSignUp(row);
}

function readSignUp(row: Row): SignUp {
  return {
    id: text(row, 'id'),
    clientId: text(row, 'client_id'),
    status: text(row, 'status') as SignUpStatus,
    emailAddress: optionalText(row, 'email_address'),
    invitationId: optionalText(row, 'invitation_id'),
    isEmailAddressVerified: flag(row, 'is_email_address_verified'),
    passwordDigest: optionalText(row, 'password_digest'),
    firstName: optionalText(row, 'first_name'),
    lastName: optionalText(row, 'last_name'),
    username: optionalText(row, 'username'),
    unsafeMetadata: json(row, 'unsafe_metadata'),
    legalAcceptedAt: optionalNumber(row, 'legal_accepted_at'),
    locale: optionalText(row, 'locale'),
    codeHash: optionalText(row, 'code_hash'),
    codeExpireAt: optionalNumber(row, 'code_expire_at'),
    attempts: number(row, 'attempts'),
    createdSessionId: optionalText(row, 'created_session_id'),
    createdUserId: optionalText(row, 'created_user_id'),
    createdAt: number(row, 'created_at'),
    abandonAt: number(row, 'abandon_at'),
  };
}
