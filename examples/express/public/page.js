import { createWillcall } from './sdk/index.js';

const state = document.querySelector('#state');
const signOut = document.querySelector('#sign-out');

const { apiUrl } = await (await fetch('settings.json')).json();
const willcall = createWillcall({ apiUrl });

willcall.addListener(show);
signOut.addEventListener('click', () => willcall.signOut());
try {
  await willcall.load();
} catch (error) {
  state.textContent = `Could not load: ${error.message}`;
}

/** Says whom the server of this page takes the visitor for. */
async function show({ session }) {
  signOut.hidden = session === undefined;
  if (!session) {
    state.textContent = 'Nobody is signed in. Ask for a link: see the README.';
    return;
  }
  const answer = await fetch('me', {
    headers: { authorization: `Bearer ${await session.getToken()}` },
  });
  const { email, id } = await answer.json();
  state.textContent = answer.ok
    ? `Signed in as ${email ?? id}.`
    : 'The server does not know this session.';
}
