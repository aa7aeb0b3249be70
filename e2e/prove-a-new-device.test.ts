import { afterAll, beforeAll, expect, test } from 'vitest';
import { newAddress } from '../tooling/new-address.ts';
import { expectAccessible } from './accessibility.ts';
import { readCode } from './mailbox.ts';
import { expectStep, formPlaces, type Place, places, signOut } from './places.ts';
import type { Person } from './server.ts';
import { setStage, type Stage } from './stage.ts';
import { newVisitor, type Visitor } from './visitor.ts';

const password = 'a row of eleven seats';

let stage: Stage;

beforeAll(async () => {
  stage = await setStage({ client_trust: true });
});

afterAll(() => stage?.close());

/** Somebody whose codes come by mail. */
function addReader(): Promise<Person> {
  return stage.server.addUser({ email: newAddress('reader'), password });
}

async function issue({ user }: Person): Promise<{ id: string; token: string }> {
  return stage.server.call('POST', '/sign_in_tokens', {
    user_id: user.id,
    step_up: 'client_trust',
  });
}

/** Waits for the question, and answers it with the code of the mail. */
async function proveDevice({ page, openTab }: Visitor, { email }: Person): Promise<void> {
  await page.getByRole('heading', { name: 'Is it you?' }).waitFor();
  const mailbox = await openTab();
  await page.getByLabel('Code').fill(await readCode(mailbox, stage.server.url, email));
  await mailbox.close();
}

test.each(places)(
  'a link in a browser that is new to the account needs a code by mail, once ($kind)',
  async (place) => {
    const person = await addReader();
    const visitor = await newVisitor(stage.browser);
    const { page, complaints } = visitor;
    const { id, token } = await issue(person);
    await page.goto(place.link(stage, token));
    await page.getByRole('heading', { name: 'Is it you?' }).waitFor();
    await expectStep(page, place, 'client-trust');
    await expectAccessible(page);
    await page.getByLabel('Code').fill('000000');
    await page.getByRole('alert').filter({ hasText: 'That code is wrong.' }).waitFor();
    expect((await stage.server.api.signInTokens.get(id)).status).toBe('pending');
    await proveDevice(visitor, person);
    await page.getByText(place.greeting).waitFor();
    expect((await stage.server.api.signInTokens.get(id)).status).toBe('accepted');
    await signOut(page);

    // The browser is known from now on.
    await page.goto(place.link(stage, (await issue(person)).token));
    await page.getByText(place.greeting).waitFor();
    expect(complaints).toEqual([]);
  },
);

test.each(formPlaces)(
  'a password in a new browser needs a code too, and a plain link does not ($kind)',
  async (place) => {
    const person = await addReader();
    const visitor = await newVisitor(stage.browser);
    const { page, complaints } = visitor;
    await page.goto(place.link(stage, '').replace(/[?#].*$/, ''));
    await page.getByLabel('E-mail address').fill(person.email);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Continue' }).click();
    await proveDevice(visitor, person);
    await page.getByText(place.greeting).waitFor();

    const elsewhere = await newVisitor(stage.browser);
    const { token } = await stage.server.api.signInTokens.createSignInToken({
      userId: person.user.id,
    });
    await elsewhere.page.goto(place.link(stage, token));
    await elsewhere.page.getByText(place.greeting).waitFor();
    expect(complaints).toEqual([]);
  },
);

test('a new code takes the place of the one before', async () => {
  const [place] = places as [Place];
  const person = await addReader();
  const visitor = await newVisitor(stage.browser);
  const { page } = visitor;
  await page.goto(place.link(stage, (await issue(person)).token));
  await page.getByRole('heading', { name: 'Is it you?' }).waitFor();
  const mailbox = await visitor.openTab();
  const former = await readCode(mailbox, stage.server.url, person.email);
  await page.getByRole('button', { name: 'Send a new code' }).click();
  await page.getByText('A new code is on its way.').waitFor();
  const latter = await readCode(mailbox, stage.server.url, person.email);
  if (former !== latter) {
    await page.getByLabel('Code').fill(former);
    await page.getByRole('alert').filter({ hasText: 'That code is wrong.' }).waitFor();
  }
  await page.getByLabel('Code').fill(latter);
  await page.getByText(place.greeting).waitFor();
});

test('a browser that is known for one person is new for another', async () => {
  const [place] = places as [Place];
  const visitor = await newVisitor(stage.browser);
  for (const person of [await addReader(), await addReader()]) {
    await visitor.page.goto(place.link(stage, (await issue(person)).token));
    await proveDevice(visitor, person);
    await visitor.page.getByText(place.greeting).waitFor();
    await signOut(visitor.page);
  }
});
