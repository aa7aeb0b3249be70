import { createWillcall } from '@willcall/browser';

/** On the page that the link leads to: redeems the ticket in its address, and takes it out of there. */
export async function signInByLink(apiUrl: string): Promise<string> {
  const willcall = createWillcall({ apiUrl });
  const { error } = await willcall.signIn.ticket();
  if (error) return error.message;

  await willcall.signIn.finalize({
    navigate: ({ decorateUrl }) => location.assign(decorateUrl('/inbox')),
  });
  return 'Signed in.';
}
