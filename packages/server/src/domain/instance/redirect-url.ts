import { newId } from '../id.ts';
import { notFound, refuseField } from '../refusal.ts';
import type { World } from '../world.ts';

/** An address that native apps may be sent back to. */
export interface RedirectUrl {
  readonly id: string;
  readonly url: string;
  readonly createdAt: number;
}

export interface RedirectUrlStore {
  /** `false` when the address is there already. */
  add(redirectUrl: RedirectUrl): Promise<boolean>;
  list(): Promise<readonly RedirectUrl[]>;
  find(id: string): Promise<RedirectUrl | undefined>;
  remove(id: string): Promise<boolean>;
}

/** Adds an address. Refuses what is no absolute URL, what could run script, and a duplicate. */
export async function addRedirectUrl(world: World, url: string): Promise<RedirectUrl> {
  if (!URL.canParse(url) || /^(javascript|data|vbscript|file|blob):/i.test(url)) {
    throw refuseField(
      'redirect_url_invalid',
      'url',
      'Give an absolute address, for example myapp://callback.',
    );
  }
  const redirectUrl = { id: newId(world, 'ru'), url, createdAt: world.clock.now() };
  if (!(await world.store.redirectUrls.add(redirectUrl))) {
    throw refuseField('form_identifier_exists', 'url', 'This address is in the list already.');
  }
  return redirectUrl;
}

/** The address of this id. Refuses with `resource_not_found`. */
export async function getRedirectUrl(world: World, id: string): Promise<RedirectUrl> {
  const redirectUrl = await world.store.redirectUrls.find(id);
  if (!redirectUrl) throw notFound('redirect URL');
  return redirectUrl;
}

/** Takes an address from the list. Refuses with `resource_not_found`. */
export async function removeRedirectUrl(world: World, id: string): Promise<void> {
  if (!(await world.store.redirectUrls.remove(id))) throw notFound('redirect URL');
}
