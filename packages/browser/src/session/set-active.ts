import { decorateUrl } from '../page/decorate-url.ts';
import type { Page } from '../page/page.ts';
import { tellTabs } from '../page/tabs.ts';
import { send } from '../request/send.ts';
import type { SetActiveParams } from '../willcall.ts';

/** See `Willcall.setActive`. */
export async function setActive(page: Page, params?: SetActiveParams): Promise<void> {
  const { session, organization, navigate } = params ?? {};
  await page.load();
  const named = typeof session === 'string' ? session : session?.id;
  const takesPresent = session === undefined && organization !== undefined;
  const id = takesPresent ? page.activeSessionId : named;
  if (!id && session !== null) {
    throw new TypeError("setActive needs 'session': a session, its id, or null.");
  }
  // The server knows already that a session is in use which it has just opened for this page.
  const isFresh = id === page.freshSessionId && organization === undefined;
  if (id && !isFresh) await touch(page, id, organization);
  page.freshSessionId = undefined;
  page.activeSessionId = id;
  page.commit();
  if (id) tellTabs(page);
  await navigate?.({
    session: page.snapshot.session,
    decorateUrl: (url) => decorateUrl(page, url),
  });
}

async function touch(
  page: Page,
  id: string,
  organization: SetActiveParams['organization'],
): Promise<void> {
  const isChosen = organization !== undefined;
  const activeOrganizationId =
    typeof organization === 'object' ? (organization?.id ?? null) : organization;
  const form = { intent: isChosen ? 'select_org' : 'select_session', activeOrganizationId };
  await send(page, { path: `/client/sessions/${id}/touch`, form });
}
