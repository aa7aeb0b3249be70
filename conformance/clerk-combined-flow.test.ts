import { beforeAll, expect, test } from 'vitest';
import { newAddress } from '../tooling/new-address.ts';
import { mailedCode } from './mailed-code.ts';
import { openStage, type Stage } from './stage.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage({ enumeration_protection: true, password: false });
  return () => stage.stop();
}, 120_000);

test('the combined flow signs in whoever has an account, and makes one for whoever has none', async () => {
  const member = newAddress('member');
  const newcomer = newAddress('newcomer');
  await stage.clerk.users.createUser({ emailAddress: [member] });
  for (const emailAddress of [member, newcomer]) {
    const visitor = await stage.visit();
    const { page } = visitor;
    const began = page.waitForRequest(
      (request) => request.method() === 'POST' && /sign_ins\?/.test(request.url()),
    );
    await page.goto(`${stage.app.url}/combined`);
    await page.getByRole('textbox', { name: 'Email address' }).fill(emailAddress);
    await page.getByRole('button', { name: 'Continue', exact: true }).click();
    expect((await began).postData()).toContain('sign_up_if_missing=true');
    const field = page.getByRole('textbox', { name: 'Enter verification code' });
    await field.waitFor();
    await field.pressSequentially(await mailedCode(stage.server, emailAddress));
    await page.getByText(`Signed in as ${emailAddress}`).waitFor({ timeout: 20_000 });
    await visitor.leave();
  }
  const { totalCount } = await stage.clerk.users.getUserList({ emailAddress: [newcomer] });
  expect(totalCount).toBe(1);
});
