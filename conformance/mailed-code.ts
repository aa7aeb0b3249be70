import { expect } from 'vitest';
import type { RunningServer } from './server.ts';

/** The code of the newest mail to an address, once there is one. */
export async function mailedCode(server: RunningServer, emailAddress: string): Promise<string> {
  const read = async () => {
    const answer = await fetch(`${server.url}/mailbox/messages`);
    const { data } = (await answer.json()) as { data: { to: string; text: string }[] };
    return /\b\d{6}\b/.exec(data.find(({ to }) => to === emailAddress)?.text ?? '')?.[0];
  };
  await expect.poll(read).toBeDefined();
  return (await read()) ?? '';
}
