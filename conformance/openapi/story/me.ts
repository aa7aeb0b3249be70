import { addUser, issueTicket, type Scene } from './scene.ts';
import { redeem } from './tickets.ts';

/** A signed-in person changes name and password, looks after sessions, and leaves. */
export async function tellOfMe(scene: Scene): Promise<void> {
  const { id: userId } = await addUser(scene, 'critic');
  const phone = scene.openBrowser();
  const other = await redeem(phone.send, await issueTicket(scene, userId));
  const { send } = scene.openBrowser();
  const { session } = await redeem(send, await issueTicket(scene, userId));
  const query = { _clerk_session_id: session.id };

  await send('getUser');
  await scene.openBrowser().send('getUser', {}, 401);
  await send('patchUser', { body: { first_name: 'Clara', last_name: 'Critic' } });
  await send('getUsersSessions', { query });
  await send('getSessions', { query });
  await send('revokeSession', { query, path: { session_id: other.session.id } });
  await send('revokeSession', { query, path: { session_id: 'sess_never' } }, 404);
  await phone.send('createSessionToken', { path: { session_id: other.session.id } }, 401);

  const new_password = `${scene.password} and two`;
  await send('changePassword', { body: { current_password: 'another row', new_password } }, 422);
  await send('changePassword', { body: { current_password: scene.password, new_password } });
  await send('deleteUser');
}
