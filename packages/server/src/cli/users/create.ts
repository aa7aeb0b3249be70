import { text as readStream } from 'node:stream/consumers';
import type { BackendUserJSON } from '@willcall/contract';
import { openBackendApi } from '../backend-api.ts';
import { defineCommand } from '../command.ts';
import { connectionOptions } from '../connection.ts';
import { UsageError } from '../failure.ts';
import { flag, text } from '../option.ts';
import { print, tell } from '../output.ts';

/** `willcall users create`. */
export const createUser = defineCommand({
  name: 'users create',
  summary: 'Make a user.',
  details:
    'The e-mail address counts as verified. Without a password the user signs in by link or by code.',
  options: {
    email: text('address', 'The e-mail address. It must be given.'),
    'first-name': text('name', 'The first name.'),
    'last-name': text('name', 'The last name.'),
    'password-stdin': flag('Read a password from the standard input, up to its end.'),
    json: flag('Print the user as one line of JSON.'),
    ...connectionOptions,
  },
  examples: [
    'willcall users create --email ada@example.com --first-name Ada',
    'willcall users create --email ada@example.com --password-stdin < password.txt',
  ],
  async run(values) {
    if (values.email === undefined)
      throw new UsageError('Say whose account it is: --email ada@example.com.');
    const password = values['password-stdin'] ? await readPassword() : undefined;
    const api = await openBackendApi(values);
    const user = await api.post<BackendUserJSON>('/v1/users', {
      email_address: [values.email],
      first_name: values['first-name'],
      last_name: values['last-name'],
      password,
    });
    print(values.json ? JSON.stringify(user) : user.id);
    if (!values.json) tell(`A link for this user: willcall tokens create --email ${values.email}`);
  },
});

/** The line break that an editor or `echo` leaves at the end is no part of the password. */
async function readPassword(): Promise<string> {
  const password = (await readStream(process.stdin)).replace(/\r?\n$/, '');
  if (password === '')
    throw new UsageError('--password-stdin was given, and the standard input is empty.');
  return password;
}
