import type { Enveloped, InvitationJSON, SignUpJSON } from '@willcall/contract';
import { addUser, testAddress, type Scene } from './scene.ts';

/** A backend invites people; one of them makes an account with the link. */
export async function tellOfInvitations(scene: Scene): Promise<void> {
  const { backend } = scene;
  const body = {
    email_address: testAddress('invited'),
    public_metadata: { row: 1 },
    expires_in_days: 3,
  };
  const invitation = await backend<InvitationJSON>('CreateInvitation', { body });
  await backend('CreateInvitation', { body }, 400);
  await addUser(scene, 'regular');
  await backend('CreateInvitation', { body: { email_address: testAddress('regular') } }, 422);
  await backend('CreateInvitation', { body: { email_address: 'nobody' } }, 422);
  const both = ['first', 'second'].map((name) => ({
    email_address: testAddress(name),
    notify: false,
  }));
  const [first] = await backend<InvitationJSON[]>('CreateBulkInvitations', { body: both });
  await backend('CreateBulkInvitations', { body: both }, 400);
  await backend('ListInvitations', {
    query: { status: 'pending', order_by: '-created_at', limit: '5' },
  });
  const path = { invitation_id: first?.id ?? '' };
  await backend('RevokeInvitation', { path });
  await backend('RevokeInvitation', { path }, 400);
  await backend('RevokeInvitation', { path: { invitation_id: 'inv_never' } }, 404);
  await signUp(scene, ticketOf(invitation));
}

async function signUp(scene: Scene, ticket: string): Promise<void> {
  const { send } = scene.openBrowser();
  await send('acceptTicket', { query: { ticket } }, 303);
  const started = await send<Enveloped<SignUpJSON>>('createSignUps', {
    body: { strategy: 'ticket', ticket },
  });
  const path = { sign_up_id: started.response.id };
  const { response } = await send<Enveloped<SignUpJSON>>('updateSignUps', {
    path,
    body: { password: scene.password },
  });
  if (response.status !== 'complete')
    throw new Error(`The sign-up waits for ${response.missing_fields.join()}.`);
  await scene.openBrowser().send('createSignUps', { body: { strategy: 'ticket', ticket } }, 400);
}

/** The ticket of the link, which the answer to inviting holds. */
export function ticketOf({ url }: { url?: string | null }): string {
  const ticket = url ? new URL(url).searchParams.get('ticket') : undefined;
  if (!ticket) throw new Error('The answer to inviting holds no ticket.');
  return ticket;
}
