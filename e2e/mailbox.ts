import { expect } from 'vitest';
import type { Page } from 'playwright-core';

/** The code of the newest mail to an address, read from the development server's mailbox page. */
export async function readCode(mailbox: Page, serverUrl: string, to: string): Promise<string> {
  await mailbox.goto(`${serverUrl}/mailbox`);
  const mail = mailbox.getByRole('navigation', { name: 'Mails' }).getByRole('button');
  await mail.filter({ hasText: to }).first().click();
  const code = await mailbox.getByRole('article').getByRole('code').textContent();
  expect(code).toMatch(/^\d{6}$/);
  return code ?? '';
}
