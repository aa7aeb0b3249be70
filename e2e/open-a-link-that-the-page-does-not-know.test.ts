import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible } from './accessibility.ts';
import { expectStep, formPlaces, type Place, places } from './places.ts';
import { setStage, type Stage } from './stage.ts';
import { newVisitor } from './visitor.ts';

const password = 'a row of eleven seats';
const supportEmail = 'box-office@example.com';

let stage: Stage;

beforeAll(async () => {
  stage = await setStage({ support_email: supportEmail });
});

afterAll(() => stage?.close());

/** The answers of a server that has learned a step which this page has not. */
async function renameStatus(page: Page, status: string): Promise<void> {
  await page.route('**/v1/client/sign_ins', async (route) => {
    const answer = await route.fetch();
    const body = (await answer.text()).replaceAll(`"status":"${status}"`, '"status":"needs_usher"');
    await route.fulfill({ response: answer, body });
  });
}

async function goOn(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Continue' }).click();
}

async function expectUsableForm(page: Page, place: Place, email: string): Promise<void> {
  await page.unrouteAll({ behavior: 'wait' });
  await page.getByLabel('E-mail address').fill(email);
  await goOn(page);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await goOn(page);
  await page.getByText(place.greeting).waitFor();
}

/** One, for the developer: what stopped it, and who can help. */
function expectOneComplaint(complaints: readonly string[]): void {
  expect(complaints).toHaveLength(1);
  expect(complaints[0]).toMatch(/^error: Willcall: a sign-in stopped at .*needs_usher/);
  expect(complaints[0]).toContain(supportEmail);
}

test.each(places)(
  'an unknown status is named in one console error, and leaves a form that works ($kind)',
  async (place) => {
    const { user, email } = await stage.server.addUser({ password });
    const { id, token } = await stage.server.call<{ id: string; token: string }>(
      'POST',
      '/sign_in_tokens',
      { user_id: user.id, step_up: 'client_trust' },
    );
    const { page, complaints } = await newVisitor(stage.browser);
    await renameStatus(page, 'needs_client_trust');
    await page.goto(place.link(stage, token));
    const message = page.getByRole('alert').filter({ hasText: 'needs_usher' });
    await message.waitFor();
    await message.getByRole('link', { name: supportEmail }).waitFor();
    await expectStep(page, place, '');
    await expectAccessible(page);
    expectOneComplaint(complaints);
    expect((await stage.server.api.signInTokens.get(id)).status).toBe('pending');

    await expectUsableForm(page, place, email);
    expectOneComplaint(complaints);
  },
);

test.each(formPlaces)(
  'an unknown status in the middle of the form starts again, and says why ($kind)',
  async (place) => {
    const { email } = await stage.server.addUser({ password });
    const { page, complaints } = await newVisitor(stage.browser);
    await renameStatus(page, 'needs_first_factor');
    await page.goto(place.link(stage, '').replace(/[?#].*$/, ''));
    await page.getByLabel('E-mail address').fill(email);
    await goOn(page);
    await page.getByRole('alert').filter({ hasText: 'needs_usher' }).waitFor();
    expectOneComplaint(complaints);
    await expectUsableForm(page, place, email);
    expectOneComplaint(complaints);
  },
);
