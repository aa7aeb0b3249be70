import { createWillcall } from '@willcall/browser';

const willcall = createWillcall({ apiUrl: 'http://localhost:4000' });

willcall.addListener(({ user }) => {
  document.body.textContent = user ? `Hello ${user.firstName ?? user.id}` : 'Nobody is signed in.';
});
if (location.search.includes('__clerk_ticket=')) {
  const { error } = await willcall.signIn.ticket();
  if (error) alert(error.message);
  else await willcall.signIn.finalize();
}
await willcall.load();
