import type { SessionJSON } from '@willcall/contract';
import type { Page } from '../page/page.ts';
import { later } from '../page/later.ts';
import { reuseView } from '../page/reuse-view.ts';
import { fromWire } from '../request/wire.ts';
import { viewUser } from '../user/view.ts';
import { getToken } from './get-token.ts';
import { loadSessionCalls } from './load-calls.ts';
import type { Session } from './session.ts';

/** A session as users of this package see it. */
export function viewSession(page: Page, json: SessionJSON): Session {
  const { signOut } = later([page], loadSessionCalls, ['signOut']);
  return reuseView(page, json.id, json, () => ({
    ...fromWire({ ...json, last_active_token: null, user: null }),
    tasks: json.tasks ?? [],
    user: viewUser(page, json.user, json.id),
    getToken: (params) => getToken(page, json.id, params),
    end: () => signOut({ sessionId: json.id }),
  }));
}
