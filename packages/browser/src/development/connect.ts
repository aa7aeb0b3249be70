import { handoverParameter } from '../page/decorate-url.ts';
import type { Page } from '../page/page.ts';
import { WillcallError } from '../request/errors.ts';
import { send } from '../request/send.ts';
import { listParameters } from '../ticket/parameters.ts';
import { stripParameters } from '../ticket/strip.ts';
import { finishHandover, startHandover } from './handover.ts';
import { forget, remember, recall } from './storage.ts';

/**
 * Makes this browser known to a development server of another site, whose cookies do not
 * reach it: by the session that a hosted page hands over, else by a dev-browser token of
 * its own. The token is a secret of this origin and travels in calls.
 */
export async function connectOtherSite(page: Page): Promise<void> {
  const name = `willcall dev browser ${page.apiUrl}`;
  const keep = (token: string) => {
    page.devBrowser = token;
    remember('localStorage', name, token);
  };
  page.renewDevBrowser = async () => {
    forget('localStorage', name);
    page.devBrowser = undefined;
    const { id } = await send<{ id: string }>(page, { path: '/dev_browser' });
    keep(id);
  };

  const handover = new Map(listParameters(location.search)).get(handoverParameter);
  const strip = () => stripParameters(history, location, [handoverParameter]);
  const isStart = handover === 'start';
  if (isStart) strip();
  if (isStart && (await startHandover(page))) return new Promise(() => {});
  const handedOver = handover && !isStart ? await finishHandover(page, handover) : undefined;
  // When nobody answers, the address keeps the code for the next try.
  strip();
  const token = handedOver ?? recall('localStorage', name);
  if (token) keep(token);
  else await page.renewDevBrowser();
  await handInAnswer(page);
}

/** The parameter in which an identity provider's answer comes, since no cookie brings us back. */
const answerParameter = '__willcall_answer';

/**
 * Ends a visit to an identity provider that this browser began. What was wrong stands in the
 * sign-in. When nobody answers, the address keeps it for the next try.
 */
async function handInAnswer(page: Page): Promise<void> {
  const query = new URLSearchParams(location.search).get(answerParameter);
  if (query === null) return;
  try {
    await send(page, { path: '/client/oauth_callback', form: { query } });
  } catch (error) {
    if (!(error instanceof WillcallError)) throw error;
  }
  stripParameters(history, location, [answerParameter]);
}
