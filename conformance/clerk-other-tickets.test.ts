import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { newAddress } from '../tooling/new-address.ts';
import { openStage, type Stage, type Visitor } from './stage.ts';

const password = 'a row of eleven seats';

let stage: Stage;
let visitor: Visitor;
let page: Page;

beforeAll(async () => {
  stage = await openStage();
}, 120_000);
afterAll(() => stage?.stop());

beforeEach(async () => {
  visitor = await stage.visit();
  ({ page } = visitor);
});
afterEach(() => visitor.leave());

/** The pages that an invitation may lead to, and where the form then is. */
const pages: [name: string, path: string][] = [
  ['<SignUp/>', '/sign-up'],
  ['<SignIn/>, which hands it on', '/sign-in'],
];

test.each(pages)('an invitation signs up at %s', async (_name, path) => {
  const emailAddress = newAddress(`invited-at${path.replace('/', '-')}`);
  const { id, url } = await stage.clerk.invitations.createInvitation({
    emailAddress,
    redirectUrl: `${stage.app.url}${path}`,
    publicMetadata: { row: 4 },
    notify: false,
  });
  await page.goto(url ?? '');
  await page.getByRole('heading', { name: 'Fill in missing fields' }).waitFor();
  expect(page.url()).toContain('/sign-up/continue');
  // The ticket settled the address: the form has no field in which it could be another.
  expect(await page.getByRole('textbox', { name: 'Email address' }).count()).toBe(0);
  await page.getByRole('textbox', { name: 'Password' }).fill(password);
  await page.getByRole('button', { name: 'Continue', exact: true }).click();
  await isSignedInAs(emailAddress);
  const { data } = await stage.clerk.users.getUserList({ emailAddress: [emailAddress] });
  expect(data).toMatchObject([
    {
      publicMetadata: { row: 4 },
      passwordEnabled: true,
      emailAddresses: [{ emailAddress, verification: { status: 'verified', strategy: 'ticket' } }],
    },
  ]);
  const accepted = await stage.clerk.invitations.getInvitationList({ status: 'accepted' });
  expect(accepted.data.map((each) => each.id)).toContain(id);
});

test('an actor token lets somebody act for a user in <SignIn/>, until they sign out', async () => {
  const { subject, subjectLink, supportId } = await issueActorLink('/sign-in');
  await page.goto(subjectLink);
  await isSignedInAs(subject);
  await page.getByText(`Acted for by ${supportId}`).waitFor();
  await page.reload();
  await page.getByText(`Acted for by ${supportId}`).waitFor();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByText('Signed out', { exact: true }).waitFor();
});

// With a session in the browser and one at a time, the official component looks at no ticket.
test('an actor token redeemed from code gives the session before back', async () => {
  const { subject, subjectLink, support, supportId } = await issueActorLink('/from-code');
  const own = await stage.clerk.signInTokens.createSignInToken({
    userId: supportId,
    expiresInSeconds: 600,
  });
  await page.goto(`${stage.app.url}/sign-in?__clerk_ticket=${own.token}`);
  await isSignedInAs(support);
  await page.getByText('Nobody acts for them').waitFor();

  await page.goto(subjectLink);
  await page.getByRole('button', { name: 'Redeem' }).click();
  await isSignedInAs(subject);
  await page.getByText(`Acted for by ${supportId}`).waitFor();

  await page.getByRole('button', { name: 'Sign out' }).click();
  await isSignedInAs(support);
  await page.getByText('Nobody acts for them').waitFor();
});

/** Two people of their own, and the link with which the one acts for the other. */
async function issueActorLink(path: string) {
  const [subject, support] = [newAddress('subject'), newAddress('support')];
  const create = async (emailAddress: string) =>
    (await stage.clerk.users.createUser({ emailAddress: [emailAddress] })).id;
  const [userId, supportId] = await Promise.all([create(subject), create(support)]);
  const { token } = await stage.clerk.actorTokens.create({ userId, actor: { sub: supportId } });
  const subjectLink = `${stage.app.url}${path}?__clerk_ticket=${token}`;
  return { subject, subjectLink, support, supportId };
}

/** As the application says it: the official banner of an impersonation says it too. */
async function isSignedInAs(emailAddress: string): Promise<void> {
  await page
    .getByRole('main')
    .getByText(`Signed in as ${emailAddress}`)
    .waitFor({ timeout: 20_000 });
}
