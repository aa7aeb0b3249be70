import type { BackendUserJSON } from '@willcall/contract';
import type { BackendApi } from '../backend-api.ts';
import { Failure, UsageError } from '../failure.ts';
import { text } from '../option.ts';

/** Two ways to say who is meant. */
export const userOptions = {
  email: text('address', 'The user with this e-mail address.'),
  'user-id': text('id', 'The user with this id.'),
};

/** The id of the user whom the options name; `undefined` when they name nobody. */
export async function findUserId(
  api: BackendApi,
  values: { readonly email: string | undefined; readonly 'user-id': string | undefined },
): Promise<string | undefined> {
  if (values.email === undefined) return values['user-id'];
  if (values['user-id'] !== undefined) throw new UsageError('Give either --email or --user-id.');
  const [user] = await api.get<BackendUserJSON[]>('/v1/users', { email_address: values.email });
  if (user) return user.id;
  throw new Failure(
    `No user has the address ${values.email}. Make one: willcall users create --email ${values.email}`,
  );
}
