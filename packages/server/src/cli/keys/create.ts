import { isScope, type Scope, scopes } from '../../domain/key/scopes.ts';
import { createSecretKey } from '../../domain/key/secret-key.ts';
import { defineCommand } from '../command.ts';
import { UsageError } from '../failure.ts';
import { instanceOptions, withInstance } from '../instance-source.ts';
import { flag, type Option, text, texts } from '../option.ts';
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
    name: text('name', 'What the key is for. Default: unnamed.'),
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
    if (values.json) {
      print(JSON.stringify({ id: key.id, name: key.name, secret_key: secret.reveal() }));
      return;
    }
    print(secret.reveal());
    tell(`This is ${key.id} (${key.name}). Keep it now: it is not shown again.`);
  },
});

function readScope(written: string): Scope {
  if (isScope(written)) return written;
  throw new UsageError(`There is no scope ${written}. There are: ${scopes.join(', ')}.`);
}
