import { beforeAll, expect, test } from 'vitest';
import { newAddress } from '../tooling/new-address.ts';
import { openStage, type Stage } from './stage.ts';

let stage: Stage;

/** Every link is confirmed first, and an invited address is all that an account needs. */
beforeAll(async () => {
  stage = await openStage({ confirmation: 'always', password: false });
  return () => stage.stop();
}, 120_000);

/** The pages that a link may lead to after the question. */
const pages: [name: string, path: string][] = [
  ['<SignUp/>', '/sign-up'],
  ['<SignIn/>, which hands it on', '/sign-in'],
];

test.each(pages)(
  'an invitation is confirmed on the hosted page and signs up at %s',
  async (_name, path) => {
    const emailAddress = newAddress(`confirmed-at${path.replace('/', '-')}`);
    const redirectUrl = `${stage.app.url}${path}`;
    const { url } = await stage.clerk.invitations.createInvitation({
      ...{ emailAddress, redirectUrl, notify: false },
    });
    const { page, leave } = await stage.visit();
    await page.goto(url ?? '');
    await page.getByRole('heading', { name: /^Create an account for/ }).waitFor();
    expect(await accountsOf(emailAddress)).toBe(0);
    await page.getByRole('button', { name: 'Continue', exact: true }).click();
    await page.getByText(`Signed in as ${emailAddress}`).waitFor({ timeout: 20_000 });
    expect(await accountsOf(emailAddress)).toBe(1);
    await leave();
  },
);

test('a raw ticket that must be confirmed says so in <SignIn/>', async () => {
  const emailAddress = newAddress('confirmed');
  const { id } = await stage.clerk.users.createUser({ emailAddress: [emailAddress] });
  const { token } = await stage.clerk.signInTokens.createSignInToken({
    userId: id,
    expiresInSeconds: 600,
  });
  const { page, leave } = await stage.visit();
  await page.goto(`${stage.app.url}/sign-in?__clerk_ticket=${token}`);
  await page.getByText('Confirm on the page of your link').waitFor({ timeout: 20_000 });
  await leave();
});

async function accountsOf(emailAddress: string): Promise<number> {
  return (await stage.clerk.users.getUserList({ emailAddress: [emailAddress] })).totalCount;
}
