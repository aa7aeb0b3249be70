/** The texts of the hosted pages around the components. Other languages have the same keys. */
export const texts = {
  home: 'Home',
  development: 'development',
  foot: 'Run with Willcall. Not affiliated with or endorsed by Clerk; the name is used only to state compatibility.',
  homeTitle: 'Home',
  noAnswer: 'No answer from the server',
  noAnswerText: 'Check that it is running, then open this page again.',
  missing: 'A part of this page is missing',
  reload: 'Load the page again',
  signedInTitle: 'You are signed in',
  signedInAs: 'As {name}',
  goOn: 'Go on to {application}',
  manage: 'Manage account',
  signOut: 'Sign out',
  signedOutTitle: 'You are not signed in',
  signedOutText:
    'Sign in to go on to {application}. A sign-in link from your inbox does the same: open it, and you are in.',
  signIn: 'Sign in',
  signUp: 'Create an account',
  lostTitle: 'Page not found',
  lostHeading: 'There is no page here',
  lostText:
    'The address may be misspelt, or cut off if it was a link. Open the whole link again, or start from the home page.',
  homePage: 'Home page',
  account: 'Your account',
};
