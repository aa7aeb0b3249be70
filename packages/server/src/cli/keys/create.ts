import { isScope, type Scope, scopes } from '../../domain/key/scopes.ts';
import { createSecretKey } from '../../domain/key/secret-key.ts';
import { defineCommand } from '../command.ts';
import { UsageError } from '../failure.ts';
import { instanceOptions, withInstance } from '../instance-source.ts';
import { converted, flag, type Option, text, texts } from '../option.ts';
import { print, tell } from '../output.ts';

/** `--scope`, as often as wanted. */
const scopeOption: Option<readonly Scope[]> = {
  ...texts('scope', `What it is good for, as often as wanted: ${scopes.join(', ')}. Default: all.`),
  read: (given, name) => texts('', '').read(given, name).map(readScope),
};

/** `willcall keys create`. */
export const createKey = defineCommand({
  name: 'keys create',
  summary: 'Make a secret key, shown once.',
  details:
    'Your server calls the Backend API with it. Only its hash is kept, so that nobody can show it again.',
  options: {
    name: converted(
      text('name', 'What the key is for, 1 to 100 characters. Default: unnamed.'),
      readName,
    ),
    scope: scopeOption,
    json: flag('Print {"id","name","secret_key"} as one line.'),
    ...instanceOptions,
  },
  examples: [
    'willcall keys create --name shop',
    'willcall keys create --name mailer --scope tickets:create --scope users:read',
    'willcall keys create --name shop --env-file willcall.env',
  ],
  async run(values) {
    const { key, secret } = await withInstance(values, ({ world }) =>
      createSecretKey(world, values.name ?? 'unnamed', values.scope),
    );
    const ifLost = `Nobody has this key: revoke it with willcall keys revoke ${key.id}`;
    if (values.json) {
      print(JSON.stringify({ id: key.id, name: key.name, secret_key: secret.reveal() }), ifLost);
      return;
    }
    print(secret.reveal(), ifLost);
    tell(`This is ${key.id} (${key.name}). Keep it now: it is not shown again.`);
  },
});

/** Lists show it: a character that moves the cursor or the writing direction would let one key pass for another. */
function readName(written: string): string {
  if (/^[^\p{C}\p{Zl}\p{Zp}]{1,100}$/u.test(written)) return written;
  throw new UsageError('--name has 1 to 100 characters that can be seen.');
}

function readScope(written: string): Scope {
  if (isScope(written)) return written;
  throw new UsageError(`There is no scope ${written}. There are: ${scopes.join(', ')}.`);
}
