import { TOTP } from 'otpauth';
import type { Page } from 'playwright-core';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openProvider, type CompanyProvider } from '../tooling/openid-provider.ts';
import { newAddress } from '../tooling/new-address.ts';
import { mailedCode } from './mailed-code.ts';
import { openStage, type Stage, type Visitor } from './stage.ts';

const password = 'a row of eleven seats';
const totpSecret = 'JBSWY3DPEHPK3PXP';
const backupCode = 'k7m2p9x4';

let stage: Stage;
let visitor: Visitor;
let page: Page;

function openWith(settings: object = {}): void {
  beforeAll(async () => {
    stage = await openStage(settings);
    return () => stage.stop();
  }, 120_000);
}

beforeEach(async () => {
  visitor = await stage.visit();
  ({ page } = visitor);
});
afterEach(() => visitor.leave());

describe('a ticket of somebody of a company', () => {
  openWith();
  let company: CompanyProvider;

  /** Nobody who was here before, neither at the company nor here. */
  function hire(): { emailAddress: string; account: NonNullable<CompanyProvider['account']> } {
    const emailAddress = newAddress('worker', '@works.example');
    const account = { sub: emailAddress, email: emailAddress, email_verified: true };
    return { emailAddress, account };
  }

  beforeAll(async () => {
    company = await openProvider([`${stage.app.url}/__clerk/v1/oauth_callback`]);
    const { clientId, clientSecret, discoveryUrl } = company;
    await stage.clerk.enterpriseConnections.createEnterpriseConnection({
      name: 'Example Works',
      provider: 'oidc_custom',
      domains: ['works.example'],
      active: true,
      oidc: { clientId, clientSecret, discoveryUrl },
    });
    return () => company.close();
  });

  test('goes to the provider and comes back signed in, through the proxy', async () => {
    const { emailAddress, account } = hire();
    const userId = await createUser({ emailAddress: [emailAddress] });
    company.account = account;
    const { id, token } = await issueToken(userId);
    const callback = page.waitForRequest(`${stage.app.url}/__clerk/v1/oauth_callback?**`);
    await openLink(token);
    await callback;
    await isSignedInAs(emailAddress);
    expect(company.paths).toContain('/auth');
    expect(page.url()).not.toContain(token);
    expect(await statusOf(id)).toBe('accepted');
    await page.reload();
    await isSignedInAs(emailAddress);
  });

  test('comes back to the factor page where the account has a second factor', async () => {
    const { emailAddress, account } = hire();
    const userId = await createUser({ emailAddress: [emailAddress], totpSecret });
    company.account = account;
    const { id, token } = await issueToken(userId);
    await openLink(token);
    await page.getByRole('heading', { name: 'Two-step verification' }).waitFor();
    expect(page.url()).toContain('/sign-in/factor-two');
    expect(await statusOf(id)).toBe('pending');
    await enterCode(currentCode());
    await isSignedInAs(emailAddress);
    expect(await statusOf(id)).toBe('accepted');
  });

  test('is not spent when the person turns back at the provider', async () => {
    const { emailAddress, account } = hire();
    const userId = await createUser({ emailAddress: [emailAddress] });
    company.account = undefined;
    const { id, token } = await issueToken(userId);
    const told: string[] = [];
    await page.route('**/v1/client?**', async (route) => {
      const answer = await route.fetch();
      told.push(await answer.text());
      await route.fulfill({ response: answer });
    });
    await openLink(token);
    // The component says why, and puts that away itself, often before anybody could read it.
    await page.waitForURL(`${stage.app.url}/sign-in`);
    await page.getByRole('textbox', { name: 'Email address' }).waitFor();
    await page.unrouteAll({ behavior: 'wait' });
    expect(told.join()).toContain('oauth_access_denied');
    expect(await statusOf(id)).toBe('pending');
    company.account = account;
    await openLink(token);
    await isSignedInAs(emailAddress);
  });
});

describe('a ticket of somebody with a second factor', () => {
  openWith();

  test('asks for the code of the authenticator app, until it is right', async () => {
    const emailAddress = newAddress('app');
    const { id, token } = await issueToken(
      await createUser({ emailAddress: [emailAddress], totpSecret }),
    );
    await openLink(token);
    await page.getByRole('heading', { name: 'Two-step verification' }).waitFor();
    await enterCode(wrongCode());
    await page.getByText('The code is not right', { exact: false }).first().waitFor();
    expect(await statusOf(id)).toBe('pending');
    await page.reload();
    await enterCode(currentCode());
    await isSignedInAs(emailAddress);
    expect(await statusOf(id)).toBe('accepted');
  });

  test('takes a backup code as another method', async () => {
    const emailAddress = newAddress('paper');
    const { token } = await issueToken(
      await createUser({ emailAddress: [emailAddress], totpSecret, backupCodes: [backupCode] }),
    );
    await openLink(token);
    await page.getByText('Use another method').click();
    await page.getByText('Use a backup code').click();
    await page.getByRole('textbox', { name: 'Backup code' }).fill(backupCode);
    await proceed();
    await isSignedInAs(emailAddress);
  });
});

describe('a ticket that asks an unknown browser for a code by e-mail', () => {
  openWith();

  test.each([
    ['from the mailbox', '@example.com'],
    ['424242 for an address of tests', '+clerk_test@example.com'],
  ])('takes the one %s, and knows the browser from then on', async (_name, ending) => {
    const emailAddress = newAddress('newcomer', ending);
    const userId = await createUser({ emailAddress: [emailAddress] });
    const { id, token } = await issueToken(userId, { step_up: 'client_trust' });
    await openLink(token);
    await page.getByText('new device', { exact: false }).waitFor();
    expect(page.url()).toContain('/sign-in/client-trust');
    expect(await statusOf(id)).toBe('pending');
    await enterCode(
      ending.includes('+clerk_test') ? '424242' : await mailedCode(stage.server, emailAddress),
    );
    await isSignedInAs(emailAddress);
    expect(await statusOf(id)).toBe('accepted');

    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByText('Signed out', { exact: true }).waitFor();
    await openLink((await issueToken(userId, { step_up: 'client_trust' })).token);
    await isSignedInAs(emailAddress);
  });
});

describe('a ticket where the instance wants another first factor beside it', () => {
  openWith({ first_factor_beside_tickets: true });

  test('leads to the page that asks for the password', async () => {
    const emailAddress = newAddress('both');
    const { id, token } = await issueToken(
      await createUser({ emailAddress: [emailAddress], password }),
    );
    await openLink(token);
    await page.getByRole('heading', { name: 'Enter your password' }).waitFor();
    expect(page.url()).toContain('/sign-in/factor-one');
    expect(await statusOf(id)).toBe('pending');
    await page.getByRole('textbox', { name: 'Password' }).fill(password);
    await proceed();
    await isSignedInAs(emailAddress);
    expect(await statusOf(id)).toBe('accepted');
  });
});

type UserFields = Parameters<Stage['clerk']['users']['createUser']>[0];

async function createUser(fields: UserFields): Promise<string> {
  return (await stage.clerk.users.createUser(fields)).id;
}

/** Issues a sign-in token on the wire alone: the SDK has no field for `step_up`. */
async function issueToken(userId: string, fields: object = {}) {
  const body = JSON.stringify({ user_id: userId, expires_in_seconds: 600, ...fields });
  const answer = await callBackend('/v1/sign_in_tokens', { method: 'POST', body });
  return (await answer.json()) as { id: string; token: string };
}

/** What became of a sign-in token: the SDK has no call for it. */
async function statusOf(tokenId: string): Promise<string> {
  const answer = await callBackend(`/v1/sign_in_tokens/${tokenId}`);
  return ((await answer.json()) as { status: string }).status;
}

function callBackend(path: string, init: RequestInit = {}): Promise<Response> {
  const { url, secretKey } = stage.server;
  const headers = { authorization: `Bearer ${secretKey}`, 'content-type': 'application/json' };
  return fetch(`${url}${path}`, { ...init, headers });
}

const authenticator = new TOTP({ secret: totpSecret });

function currentCode(): string {
  return authenticator.generate();
}

/** A code that the app shows at no time near now. */
function wrongCode(): string {
  const isNear = (code: string) => authenticator.validate({ token: code, window: 3 }) !== null;
  return isNear('000000') ? '111111' : '000000';
}

async function openLink(ticket: string): Promise<void> {
  await page.goto(`${stage.app.url}/sign-in?__clerk_ticket=${ticket}`);
}

async function enterCode(code: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Enter verification code' }).pressSequentially(code);
}

async function proceed(): Promise<void> {
  await page.getByRole('button', { name: 'Continue', exact: true }).click();
}

async function isSignedInAs(emailAddress: string): Promise<void> {
  await page.getByText(`Signed in as ${emailAddress}`).waitFor({ timeout: 20_000 });
}
