import type { Page } from './page.ts';

/** What the server writes anew in every answer, and no view shows. */
const volatile = ['last_active_token', 'factor_verification_age'];

/**
 * The view that was made of this source before, as long as the source says the same: so
 * that a comparison by identity tells whether something changed.
 *
 * @param name which view of the page it is
 */
export function reuseView<View>(page: Page, name: string, source: unknown, make: () => View): View {
  const text =
    JSON.stringify(source, (key, value: unknown) => (volatile.includes(key) ? undefined : value)) ??
    '';
  const kept = page.views.get(name);
  if (kept?.source === text) return kept.view as View;
  const view = make();
  page.views.set(name, { source: text, view });
  return view;
}
