import { expect } from 'vitest';
import type { PageAnswer } from './browser.ts';
import type { TestService } from './service.ts';
import type { Work } from './work.ts';

/** All that somebody outside could tell two calls apart by, and the work that takes its time. */
export interface Observed {
  readonly answer: PageAnswer<unknown>;
  /** Status, headers and body, without what differs from call to call. */
  readonly text: string;
  readonly work: Work;
}

/** The resource that a call answered. */
export function responseOf<Resource>(seen: Observed | undefined): Resource {
  if (!seen) throw new TypeError('nothing was seen');
  return seen.answer.body.response as Resource;
}

/** Makes a call and writes down what can be seen of it. */
export async function observe(
  service: TestService,
  identifier: string,
  call: () => Promise<PageAnswer<unknown>>,
): Promise<Observed> {
  await service.world.mailer.settled();
  service.takeWork();
  const startedAt = service.clock.now();
  const answer = await call();
  await service.world.mailer.settled();
  const work = service.takeWork();
  return { answer, text: normalize(answer, identifier, startedAt), work: withoutMail(work) };
}

/** Compares step by step what was seen of one person with what was seen of another. */
export function compare(who: string, seen: readonly Observed[], expected: readonly Observed[]) {
  expect(seen).toHaveLength(expected.length);
  for (const [at, { text, work }] of seen.entries()) {
    expect(text, `${who}, step ${at}`).toBe(expected[at]?.text);
    expect(work, `${who}, step ${at}`).toEqual(expected[at]?.work);
  }
}

/** What the mailbox writes comes with no answer: nobody waits for it. A real mail server writes nothing. */
function withoutMail(work: Work): Work {
  const { statements } = work;
  const others = statements.filter((each) => !each.startsWith('INSERT INTO kept_mails'));
  return { ...work, statements: others };
}

function normalize(answer: PageAnswer<unknown>, identifier: string, startedAt: number): string {
  const { status, headers, body } = answer;
  const masked = /"safe_identifier":"[^"]*"/g;
  const text = JSON.stringify({ status, headers: keptHeaders(headers), body })
    .replaceAll(JSON.stringify(identifier), '"IDENTIFIER"')
    .replaceAll(/"clerk_trace_id":"[^"]*"/g, '"clerk_trace_id":"ID"')
    .replaceAll(masked, '"safe_identifier":"MASKED"')
    .replaceAll(/\b(sia|sua|client|sess|idn|req)_[0-9a-z]{26}\b/g, '$1_ID');
  // Times count from the call; those of an attempt are as old as the attempt.
  return text.replaceAll(/\b1[0-9]{12}\b/g, (time) => `${Number(time) - startedAt} ms`);
}

/** `content-length` follows the identifier that was typed. */
function keptHeaders(headers: PageAnswer<unknown>['headers']): object {
  const varying = ['date', 'content-length', 'set-cookie', 'x-request-id'];
  return {
    ...Object.fromEntries(Object.entries(headers).filter(([name]) => !varying.includes(name))),
    cookies: [headers['set-cookie'] ?? []].flat().map((line) => String(line).split('=')[0]),
  };
}
