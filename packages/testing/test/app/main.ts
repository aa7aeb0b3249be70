import { createWillcall } from '@willcall/browser';

// The smallest page of an app: it loads, and shows who is signed in.
const { apiUrl, leavesTo } = document.documentElement.dataset;
const willcall = createWillcall({ apiUrl });

willcall.addListener(({ user }) => {
  document.body.textContent = user ? `Hello ${user.firstName ?? user.id}` : 'nobody';
  // What an app does that shows its sign-in page to nobody who is signed in.
  if (user && leavesTo) location.assign(leavesTo);
});
await willcall.load();
