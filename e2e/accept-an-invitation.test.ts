import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible } from './accessibility.ts';
import {
  createButton,
  fillIn,
  greeting,
  invitationPages,
  invite,
  invitedHeading,
} from './invitations.ts';
import { signOut } from './places.ts';
import { setStage, type Stage } from './stage.ts';
import { newVisitor, type Visitor } from './visitor.ts';

let stage: Stage;

/** Nobody gets in without an invitation here. */
beforeAll(async () => {
  stage = await setStage({ sign_up: 'restricted' });
});

afterAll(() => stage?.close());

/** The pages that a link may lead to, and where accounts are made from there. */
const doors = [
  { kind: 'hosted', page: () => undefined, form: () => `${stage.server.url}/sign-up` },
  {
    kind: 'hosted, by the sign-in page',
    page: () => `${stage.server.url}/sign-in`,
    form: () => `${stage.server.url}/sign-up`,
  },
  {
    kind: 'embedded, path',
    page: () => `${stage.app.url}/sign-up`,
    form: () => `${stage.app.url}/sign-up`,
  },
  {
    kind: 'embedded, by the sign-in page',
    page: () => `${stage.app.url}/sign-in`,
    form: () => `${stage.app.url}/sign-up`,
  },
  {
    kind: 'embedded, hash',
    page: () => `${stage.app.url}/sign-up-hash`,
    form: () => `${stage.app.url}/sign-up-hash`,
  },
  {
    kind: 'embedded, combined, hash',
    page: () => `${stage.app.url}/sign-in-hash`,
    form: () => `${stage.app.url}/sign-in-hash#/create`,
  },
];

async function finish({ page }: Visitor): Promise<void> {
  await fillIn(page);
  await createButton(page).click();
  await page.getByText(greeting).waitFor();
}

test.each(doors)(
  'an invitation makes an account with its address, which is settled ($kind)',
  async ({ page: door, form }) => {
    const { email, url, ticket } = await invite(stage.server, door());
    const visitor = await newVisitor(stage.browser);
    const { page, complaints } = visitor;
    await page.goto(url);
    await invitedHeading(page).waitFor();
    await expect.poll(() => page.url()).toBe(form());
    const address = page.getByLabel('E-mail address');
    expect(await address.inputValue()).toBe(email);
    expect(await address.isEditable()).toBe(false);
    await expectAccessible(page);

    // What the ticket has proved survives a reload.
    await page.reload();
    await page.getByText('Your invitation is for this address.').waitFor();
    expect(await address.inputValue()).toBe(email);
    await finish(visitor);
    expect(page.url()).not.toContain(ticket);

    const { data } = await stage.server.api.users.getUserList({ emailAddress: email });
    expect(data.map(({ firstName }) => firstName)).toEqual(['Grace']);
    const [proof] = data[0]?.emailAddresses ?? [];
    expect(proof?.verification).toMatchObject({ status: 'verified', strategy: 'ticket' });
    await signOut(page);
    expect(complaints).toEqual([]);
  },
);

test('a ticket in the hash of the page makes an account as well', async () => {
  const { ticket, email } = await invite(stage.server);
  const visitor = await newVisitor(stage.browser);
  const place = `${stage.app.url}/sign-in-hash#/?__clerk_status=sign_up`;
  await visitor.page.goto(`${place}&__clerk_ticket=${ticket}`);
  await invitedHeading(visitor.page).waitFor();
  expect(await visitor.page.getByLabel('E-mail address').inputValue()).toBe(email);
  await finish(visitor);
});

test('the mail that invites holds the link', async () => {
  const { email } = await invite(stage.server);
  const { page } = await newVisitor(stage.browser);
  await page.goto(`${stage.server.url}/mailbox`);
  const mails = page.getByRole('navigation', { name: 'Mails' });
  await mails.getByRole('button').filter({ hasText: email }).first().click();
  const mail = page.getByRole('article').frameLocator('iframe');
  const address = await mail.getByRole('link').first().getAttribute('href');
  await page.goto(address ?? '');
  await invitedHeading(page).waitFor();
});

test.each(invitationPages)(
  'an invitation that was withdrawn, or used, says so, and makes nobody ($kind)',
  async ({ link }) => {
    const withdrawn = await invite(stage.server);
    await stage.server.call('POST', `/invitations/${withdrawn.id}/revoke`);
    const first = await newVisitor(stage.browser);
    await first.page.goto(link(stage, withdrawn.ticket));
    const reason = first.page.getByRole('alert').filter({ hasText: 'was withdrawn' });
    await reason.waitFor();
    await expectAccessible(first.page);
    const { totalCount } = await stage.server.api.users.getUserList({
      emailAddress: withdrawn.email,
    });
    expect(totalCount).toBe(0);

    const used = await invite(stage.server);
    const guest = await newVisitor(stage.browser);
    await guest.page.goto(used.url);
    await invitedHeading(guest.page).waitFor();
    await finish(guest);
    const second = await newVisitor(stage.browser);
    await second.page.goto(link(stage, used.ticket));
    const told = second.page.getByRole('alert');
    await told.filter({ hasText: 'This invitation has made an account already' }).waitFor();
    expect([...first.complaints, ...second.complaints]).toEqual([]);
  },
);

test.each(invitationPages)(
  'whoever got an account meanwhile is told at the sign-up, and let in by the link ($kind)',
  async ({ link }) => {
    const { email, ticket, url } = await invite(stage.server);
    await stage.server.addUser({ email });
    const { page, complaints } = await newVisitor(stage.browser);
    await page.goto(link(stage, ticket));
    const told = page.getByRole('alert');
    await told.filter({ hasText: 'There is an account with this address already' }).waitFor();
    await page.goto(url);
    await page.getByText(greeting).waitFor();
    expect(complaints).toEqual([]);
  },
);

test.each([
  ['hosted', () => `${stage.server.url}/sign-up`],
  ['embedded, path', () => `${stage.app.url}/sign-up`],
  ['embedded, hash', () => `${stage.app.url}/sign-up-hash`],
  ['embedded, combined, hash', () => `${stage.app.url}/sign-in-hash#/create`],
])('without an invitation the sign-up is closed (%s)', async (_kind, form) => {
  const { page, complaints } = await newVisitor(stage.browser);
  await page.goto(form());
  await page.getByRole('heading', { name: 'Sign-up is closed' }).waitFor();
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Sign in' }).last().click();
  await page.getByLabel('E-mail address').waitFor();
  expect(complaints).toEqual([]);
});
