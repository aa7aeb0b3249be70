import { beforeAll, expect, test } from 'vitest';
import { openStage, type Stage } from './stage.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage({ enumeration_protection: true, password: false });
  return () => stage.stop();
}, 120_000);

test('the combined flow signs in whoever has an account, and makes one for whoever has none', async () => {
  const member = 'member@example.com';
  await stage.clerk.users.createUser({ emailAddress: [member] });
  for (const emailAddress of [member, 'newcomer@example.com']) {
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
    await field.pressSequentially(await mailedCode(emailAddress));
    await page.getByText(`Signed in as ${emailAddress}`).waitFor({ timeout: 20_000 });
    await visitor.leave();
  }
  const { totalCount } = await stage.clerk.users.getUserList({
    emailAddress: ['newcomer@example.com'],
  });
  expect(totalCount).toBe(1);
});

/** The code of the newest mail to this address. */
async function mailedCode(emailAddress: string): Promise<string> {
  const read = async () => {
    const answer = await fetch(`${stage.server.url}/mailbox/messages`);
    const { data } = (await answer.json()) as { data: { to: string; text: string }[] };
    return /\b\d{6}\b/.exec(data.find(({ to }) => to === emailAddress)?.text ?? '')?.[0];
  };
  await expect.poll(read).toBeDefined();
  return (await read()) ?? '';
}
