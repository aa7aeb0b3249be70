import type { BackendUserJSON } from '@willcall/contract';
import { openBackendApi } from '../backend-api.ts';
import { defineCommand } from '../command.ts';
import { connectionOptions } from '../connection.ts';
import { flag, text, wholeNumber } from '../option.ts';
import { print, printTable } from '../output.ts';
import { writeTime } from '../time.ts';

/** `willcall users list`. */
export const listUsers = defineCommand({
  name: 'users list',
  summary: 'List users, newest first.',
  details: '',
  options: {
    query: text('text', 'Only users whose name, address or id contains this.'),
    limit: wholeNumber('number', { min: 1, max: 500 }, 'How many at most. Default: 10.'),
    json: flag('Print the list as one line of JSON.'),
    ...connectionOptions,
  },
  examples: ['willcall users list', 'willcall users list --query ada --limit 50'],
  async run(values) {
    const api = await openBackendApi(values);
    const users = await api.get<BackendUserJSON[]>('/v1/users', {
      query: values.query,
      limit: values.limit,
    });
    if (values.json) {
      print(JSON.stringify(users));
      return;
    }
    const rows = users.map((user) => [
      user.id,
      addressOf(user),
      nameOf(user),
      writeTime(user.created_at),
      stateOf(user),
    ]);
    printTable(['id', 'e-mail', 'name', 'made', 'state'], rows, 'There is no such user.');
  },
});

function addressOf(user: BackendUserJSON): string {
  const primary = user.email_addresses.find(({ id }) => id === user.primary_email_address_id);
  return (primary ?? user.email_addresses[0])?.email_address ?? user.username ?? '';
}

function nameOf(user: BackendUserJSON): string {
  return [user.first_name, user.last_name].filter(Boolean).join(' ');
}

function stateOf(user: BackendUserJSON): string {
  if (user.banned) return 'banned';
  return user.locked ? 'locked' : 'active';
}
