import type { Willcall } from '@willcall/browser';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addCarefulUser, type CarefulPerson } from './authenticator.ts';
import { setStage, type Stage } from './stage.ts';
import { newVisitor } from './visitor.ts';

declare const window: { readonly Willcall: Willcall };

let stage: Stage;
let globes = 0;

beforeAll(async () => {
  stage = await setStage({ organizations: true });
});
afterAll(() => stage?.close());

/** A page in which this person is signed in, without having been asked for the app. */
async function openPage({ user }: CarefulPerson) {
  const { page, complaints } = await newVisitor(stage.browser);
  const issued = { userId: user.id, stepUp: 'none', redirectUrl: stage.app.url } as const;
  await page.goto((await stage.server.api.signInTokens.createSignInToken(issued)).url);
  await page.getByRole('button', { name: /^Account of/ }).waitFor();
  return { page, complaints };
}

test('a fresh proof, backup codes, an app and an organization', async () => {
  const person = await addCarefulUser(stage.server);
  const { page, complaints } = await openPage(person);
  globes += 1;
  const given = { code: person.code(), name: `The Globe ${globes}` };
  const seen = await page.evaluate(async ({ code, name }) => {
    const { user } = window.Willcall;
    if (!user) throw new Error('nobody is signed in');
    const refusal = await user.createBackupCodes().then(
      () => 'none',
      (error: { code: string }) => error.code,
    );
    const begun = await user.verify({ level: 'second_factor' });
    const done = await begun.attemptSecondFactor({ strategy: 'totp', code });
    const { codes } = await user.createBackupCodes();
    await user.disableTotp();
    const totp = await user.createTotp();
    const organization = await user.createOrganization({ name });
    await window.Willcall.setActive({ organization });
    const [membership] = await user.getOrganizationMemberships();
    return {
      refusal,
      begun: [begun.level, begun.status, begun.supportedSecondFactors.map((each) => each.strategy)],
      firstFactors: begun.supportedFirstFactors,
      done: [done.status, done.supportedSecondFactors, done.secondFactorVerification?.status],
      codes: codes.length,
      isAppAsked: [window.Willcall.user?.totpEnabled, totp.verified, totp.uri?.slice(0, 10)],
      organization: [organization.slug, membership?.organization.id === organization.id],
      isActive: window.Willcall.session?.lastActiveOrganizationId === organization.id,
    };
  }, given);
  expect(seen).toEqual({
    refusal: 'session_reverification_required',
    begun: ['second_factor', 'needs_second_factor', ['totp', 'backup_code']],
    firstFactors: [],
    done: ['complete', [], 'verified'],
    codes: 10,
    isAppAsked: [false, false, 'otpauth://'],
    organization: [`the-globe-${globes}`, true],
    isActive: true,
  });
  expect(complaints).toEqual([]);
});

test('a code by mail proves the first factor, and a mistake of the program is told', async () => {
  const { page } = await openPage(await addCarefulUser(stage.server));
  const seen = await page.evaluate(async () => {
    const user = window.Willcall.user as unknown as Record<
      string,
      (params: object) => Promise<unknown>
    >;
    const tell = (call: Promise<unknown> | undefined) =>
      Promise.resolve(call).then(
        () => 'no error',
        (error: Error) => `${error.name}: ${error.message}`,
      );
    const begun = (await user['verify']?.({ level: 'first_factor' })) as typeof user;
    const mistakes = [
      await tell(user['verify']?.({})),
      await tell(user['createOrganization']?.({ name: '' })),
      await tell(begun['prepareFirstFactor']?.({})),
      await tell(begun['attemptFirstFactor']?.({})),
      await tell(begun['attemptSecondFactor']?.({ strategy: 'totp' })),
    ];
    const sent = (await begun['prepareFirstFactor']?.({ strategy: 'email_code' })) as typeof user;
    const done = await sent['attemptFirstFactor']?.({ strategy: 'email_code', code: '424242' });
    return { mistakes, status: (done as { status: string }).status };
  });
  expect(seen.mistakes).toEqual([
    expect.stringMatching(/^TypeError: verify needs 'level'/),
    expect.stringMatching(/^TypeError: createOrganization needs 'name'/),
    expect.stringMatching(/^TypeError: prepareFirstFactor needs 'strategy'/),
    expect.stringMatching(/^TypeError: attemptFirstFactor needs 'strategy'/),
    expect.stringMatching(/^TypeError: attemptSecondFactor needs 'code'/),
  ]);
  expect(seen.status).toBe('complete');
});
