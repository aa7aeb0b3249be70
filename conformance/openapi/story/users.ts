import type { BackendUserJSON } from '@willcall/contract';
import { testAddress, type Scene } from './scene.ts';

/** A backend makes a user with all that it knows, finds, changes and deletes it. */
export async function tellOfUsers({ backend, password }: Scene): Promise<void> {
  const address = testAddress('usher');
  const body = {
    external_id: 'usher-1',
    first_name: 'Ulla',
    last_name: 'Usher',
    email_address: [address],
    username: 'ulla',
    password,
    public_metadata: { door: 4 },
    private_metadata: { wage: 'low' },
    unsafe_metadata: { theme: 'dark' },
  };
  const user = await backend<BackendUserJSON>('CreateUser', { body });
  const path = { user_id: user.id };

  await backend('CreateUser', { body: { email_address: [address], password } }, 422);
  await backend('GetUserList', { query: { email_address: address, limit: '10', offset: '0' } });
  await backend('GetUserList', { query: { order_by: '-created_at' } });
  await backend('GetUsersCount', { query: { email_address: address } });
  await backend('GetUser', { path });
  await backend('GetUser', { path: { user_id: 'user_that_never_was' } }, 404);
  await backend('UpdateUser', { path, body: { first_name: 'Ulrike', external_id: 'usher-2' } });
  await backend('UpdateUser', { path, body: { first_name: 4 } }, 422);
  await backend('UpdateUserMetadata', { path, body: { public_metadata: { door: null } } });
  await backend('VerifyPassword', { path, body: { password } });
  await backend('VerifyPassword', { path, body: { password: 'another row' } }, 422);
  await backend('BanUser', { path });
  await backend('UnbanUser', { path });
  await backend('LockUser', { path });
  await backend('UnlockUser', { path });
  await backend('DeleteUser', { path });
  await backend('DeleteUser', { path }, 404);
}
