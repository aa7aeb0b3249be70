import { createWillcallClient } from '@willcall/backend';
import { signIn, signOut } from '@willcall/testing';
import type { Page } from 'playwright-core';

/** Signs Ada in to the app that the page shows, and out again. */
export async function visitAsAda(
  page: Page,
  apiUrl: string,
  look: () => Promise<void>,
): Promise<void> {
  const { users } = createWillcallClient({ apiUrl });
  const emailAddress = 'ada+clerk_test@example.com';
  const { data } = await users.getUserList({ emailAddress });
  if (data.length === 0) await users.createUser({ emailAddress: [emailAddress], firstName: 'Ada' });

  await signIn({ page, emailAddress, apiUrl });
  await look();
  await signOut({ page });
}
