import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Willcall } from '@willcall/react';
import { setStage, type Stage } from './stage.ts';

declare const window: Window & { readonly Willcall: Willcall; readonly verification: unknown };

let stage: Stage;

beforeAll(async () => {
  stage = await setStage({}, {}, 'app/from-code.tsx');
});

afterAll(() => stage?.close());

/** Each call that cannot do without its argument, and what it says when it gets none. */
const needs = {
  addListener: "addListener and subscribe need 'listener'.",
  subscribe: "addListener and subscribe need 'listener'.",
  setActive: "setActive needs 'session': a session, its id, or null.",
  'signIn.create': "signIn.create needs 'identifier' as text.",
  'signIn.prepareFirstFactor': "signIn.prepareFirstFactor needs 'strategy' as text.",
  'signIn.attemptFirstFactor': "signIn.attemptFirstFactor needs 'strategy' as text.",
  'signIn.prepareSecondFactor': "signIn.prepareSecondFactor needs 'strategy' as text.",
  'signIn.attemptSecondFactor': "signIn.attemptSecondFactor needs 'strategy' as text.",
  'signIn.resetPassword': "signIn.resetPassword needs 'password' as text.",
  'signUp.prepareVerification': "signUp.prepareVerification needs 'strategy' as text.",
  'signUp.attemptVerification': "signUp.attemptVerification needs 'strategy' as text.",
  'user.changePassword': "changePassword needs 'newPassword' as text.",
  'user.verifyTotp': "verifyTotp needs 'code' as text.",
  'user.createOrganization': "createOrganization needs 'name' as text.",
  'user.verify': "verify needs 'level' as text.",
  'verification.prepareFirstFactor': "prepareFirstFactor needs 'strategy' as text.",
  'verification.attemptFirstFactor': "attemptFirstFactor needs 'strategy' as text.",
  'verification.attemptSecondFactor': "attemptSecondFactor needs 'strategy' as text.",
};

test('a call without its argument names itself and what it needs, and asks the server nothing', async () => {
  const { token } = await stage.issueFor('ada@example.com');
  const page = await stage.open('/hooks');
  await page.waitForFunction(() => window.Willcall?.loaded);
  await page.evaluate(async (ticket) => {
    await window.Willcall.signIn.ticket({ ticket });
    await window.Willcall.signIn.finalize();
    const { user } = window.Willcall;
    Object.assign(window, { verification: await user?.verify({ level: 'first_factor' }) });
  }, token);
  const asked: string[] = [];
  // The page itself reads what somebody who has just signed in belongs to.
  page.on('request', (request) => {
    if (request.method() !== 'GET') asked.push(request.url());
  });
  for (const nothing of [undefined, null]) {
    const said = await page.evaluate(
      ([names, given]) => {
        type Part = Readonly<Record<string, (params: unknown) => unknown>>;
        const { Willcall, verification } = window;
        const parts = { ...Willcall, Willcall, verification } as unknown as Record<string, Part>;
        const tell = async (name: string) => {
          const [method = '', part = 'Willcall'] = name.split('.').toReversed();
          try {
            await parts[part]?.[method]?.(given);
          } catch (error) {
            return [name, String(error)];
          }
          return [name, 'done'];
        };
        return Promise.all(names.map(tell));
      },
      [Object.keys(needs), nothing] as const,
    );
    const expected = Object.entries(needs).map(([name, text]) => [name, `TypeError: ${text}`]);
    expect(said).toEqual(expected);
  }
  expect(asked).toEqual([]);
  await page.close();
});

test('a sign-up may begin with nothing', async () => {
  const page = await stage.open('/hooks');
  await page.waitForFunction(() => window.Willcall?.loaded);
  const status = await page.evaluate(async () => (await window.Willcall.signUp.create()).status);
  expect(status).toBe('missing_requirements');
  await page.close();
});
