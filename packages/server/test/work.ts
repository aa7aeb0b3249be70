import type { SigningKeys } from '../src/domain/key/signing-keys.ts';
import type { PasswordHasher } from '../src/domain/user/password-hasher.ts';
import type { Engine, Reader, Transaction } from '../src/store/engine.ts';

/** What a call costs, in the order in which it was asked for. */
export interface Work {
  /** Without their values; those of a transaction are one, with whether it changed a row. */
  readonly statements: readonly string[];
  /** A password that is compared to nobody's is `verify` as well. */
  readonly hashes: readonly ('hash' | 'verify')[];
  /** How many tokens were signed. */
  readonly signatures: number;
}

/** Writes down what is asked of a database, a password hasher and signing keys, and lets it through. */
export function watchWork() {
  const statements: string[] = [];
  const hashes: ('hash' | 'verify')[] = [];
  let signatures = 0;

  const watchReader = (reader: Reader, list = statements): Reader => ({
    get(sql, ...values) {
      list.push(sql);
      return reader.get(sql, ...values);
    },
    all(sql, ...values) {
      list.push(sql);
      return reader.all(sql, ...values);
    },
  });

  return {
    take(): Work {
      const work = { statements: statements.splice(0), hashes: hashes.splice(0), signatures };
      signatures = 0;
      return work;
    },

    watchEngine: ({ runTogether, ...engine }: Engine): Engine => ({
      ...engine,
      ...(runTogether && {
        async runTogether(steps) {
          const failed = await runTogether(steps);
          const own = steps.map(({ sql }) => sql).join('; ');
          statements.push(`${own}; COMMIT of ${failed ? 'nothing' : 'something'}, at once`);
          return failed;
        },
      }),
      ...watchReader(engine),
      allApart(sql, ...values) {
        statements.push(sql);
        return engine.allApart(sql, ...values);
      },
      write: (job, options) =>
        engine.write(async (tx) => {
          const own: string[] = [];
          let changes = 0;
          const watched: Transaction = {
            ...tx,
            ...watchReader(tx, own),
            async run(sql, ...values) {
              own.push(sql);
              const changed = await tx.run(sql, ...values);
              changes += changed;
              return changed;
            },
          };
          const result = await job(watched);
          // One that changed nothing has nothing to bring to disk.
          own.push(`COMMIT of ${changes > 0 ? 'something' : 'nothing'}`);
          statements.push(own.join('; '));
          return result;
        }, options),
    }),

    watchPasswords: (passwords: PasswordHasher): PasswordHasher => ({
      ...passwords,
      hash(password) {
        hashes.push('hash');
        return passwords.hash(password);
      },
      verify(password, digest) {
        hashes.push('verify');
        return passwords.verify(password, digest);
      },
      verifyNothing(password) {
        hashes.push('verify');
        return passwords.verifyNothing(password);
      },
    }),

    watchSigningKeys: (keys: SigningKeys): SigningKeys => ({
      ...keys,
      sign(header, claims) {
        signatures += 1;
        return keys.sign(header, claims);
      },
    }),
  };
}
