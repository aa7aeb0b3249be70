import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '../tooling/chromium.ts';
import { addCarefulUser } from './authenticator.ts';
import { type Company, holdAtDoor, openCompany } from './companies.ts';
import { type ExampleApp, serveExample } from './example-app.ts';
import { type LastingServer, startLastingServer } from './lasting-server.ts';
import { expectStep, formPlaces, signOut } from './places.ts';
import type { Stage } from './stage.ts';
import { newVisitor } from './visitor.ts';

let lasting: LastingServer;
let works: Company;
let app: ExampleApp;
let browser: Browser;

beforeAll(async () => {
  lasting = await startLastingServer();
  works = await openCompany(lasting.current(), 'Example Works', ['works.example']);
  app = await serveExample(lasting.current().url);
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
  await app?.stop();
  await works?.close();
  await lasting?.stop();
});

/** The stage with the server that runs now. */
function stage(): Pick<Stage, 'server' | 'app'> {
  return { server: lasting.current(), app };
}

test.each(formPlaces)(
  'a server that dies in the middle of a step, and comes back, loses nothing ($kind)',
  async (place) => {
    const { user, code } = await addCarefulUser(lasting.current());
    const { api } = lasting.current();
    const { id, token } = await api.signInTokens.createSignInToken({ userId: user.id });
    const { page, complaints } = await newVisitor(browser);
    await page.goto(place.link(stage(), token));
    await page.getByRole('heading', { name: 'One more step' }).waitFor();
    await lasting.kill();
    await page.getByLabel('Code').fill(code());
    await page.getByRole('alert').filter({ hasText: 'There was no answer.' }).waitFor();
    await expectStep(page, place, 'second-factor');

    await lasting.revive();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText(place.greeting).waitFor();
    expect((await lasting.current().api.signInTokens.get(id)).status).toBe('accepted');
    await signOut(page);
    expect(complaints).toEqual([]);
  },
);

test.each(formPlaces)(
  'a server that dies while somebody is at their company lets them in later ($kind)',
  async (place) => {
    const { user } = await works.addWorker('works.example');
    const { api } = lasting.current();
    const { token } = await api.signInTokens.createSignInToken({ userId: user.id });
    const { page, complaints } = await newVisitor(browser);
    const door = await holdAtDoor(page, works);
    await page.goto(place.link(stage(), token));
    await door.arrived;
    await lasting.kill();
    const lost = page.waitForEvent('requestfailed');
    door.letThrough();
    await lost;
    await lasting.revive();
    await page.reload();
    await page.getByText(place.greeting).waitFor();
    const { sessions } = lasting.current().api;
    expect((await sessions.getSessionList({ userId: user.id })).totalCount).toBe(1);
    expect(complaints).toEqual([]);
  },
);

test.each(formPlaces)(
  'a server that dies after it has let somebody in still knows them ($kind)',
  async (place) => {
    const { user, code } = await addCarefulUser(lasting.current());
    const { api } = lasting.current();
    const { token } = await api.signInTokens.createSignInToken({ userId: user.id });
    const { page, complaints } = await newVisitor(browser);
    await page.goto(place.link(stage(), token));
    await page.getByLabel('Code').fill(code());
    await page.getByText(place.greeting).waitFor();
    await lasting.kill();
    await lasting.revive();
    await page.reload();
    await page.getByText(place.greeting).waitFor();
    await page.goto(place.link(stage(), token));
    await page.getByText(place.greeting).waitFor();
    const { totalCount } = await lasting.current().api.sessions.getSessionList({ userId: user.id });
    expect(totalCount).toBe(1);
    expect(complaints).toEqual([]);
  },
);
