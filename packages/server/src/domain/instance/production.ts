import { isOnThisMachine } from '../web-address.ts';
import type { InstanceSettings } from './settings.ts';

/** The settings that a production instance is particular about. */
export type ProductionSettings = Pick<
  InstanceSettings,
  | 'allowedOrigins'
  | 'signInUrl'
  | 'signUpUrl'
  | 'homeUrl'
  | 'afterSignInUrl'
  | 'newLinkUrl'
  | 'cookieDomain'
> & { readonly publicUrl: string | undefined };

/** What is wrong, and the setting to correct, by its name in file and wire. */
export interface SettingsProblem {
  readonly field: string;
  readonly message: string;
}

/** What keeps settings from being those of a production instance: one sentence for each. */
export function productionProblems(settings: ProductionSettings): readonly SettingsProblem[] {
  const { publicUrl, allowedOrigins, signInUrl, signUpUrl } = settings;
  const pages = {
    sign_in_url: signInUrl,
    sign_up_url: signUpUrl,
    home_url: settings.homeUrl,
    after_sign_in_url: settings.afterSignInUrl,
    new_link_url: settings.newLinkUrl,
  };
  return [
    ...publicUrlProblems(publicUrl),
    ...allowedOrigins.filter((origin) => !isProductionUrl(origin)).map(explainOrigin),
    ...Object.entries(pages)
      .filter(([, url]) => url !== undefined && !isProductionPage(url))
      .map(([name]) => explainPage(name)),
    ...foreignPage('sign_in_url', signInUrl, settings),
    ...foreignPage('sign_up_url', signUpUrl, settings),
    ...cookieDomainProblems(settings),
  ];
}

function publicUrlProblems(url: string | undefined): readonly SettingsProblem[] {
  const field = 'public_url';
  if (url === undefined) {
    const message =
      'public_url is not set. Write into the configuration file under which https address people reach this server.';
    return [{ field, message }];
  }
  const { protocol, origin, pathname, search, hash } = new URL(url);
  if (protocol !== 'https:') {
    const message = `public_url is ${url}, which is not encrypted. Put a proxy with TLS in front and write its https address.`;
    return [{ field, message }];
  }
  if (pathname !== '/' || search !== '' || hash !== '') {
    const message = `public_url is ${url}, which has more than scheme, host and port. Write ${origin}.`;
    return [{ field, message }];
  }
  if (!isOnThisMachine(url)) return [];
  const message = `public_url is ${url}, which only this machine can reach. Write the address that people use.`;
  return [{ field, message }];
}

function isProductionUrl(url: string): boolean {
  return new URL(url).protocol === 'https:' && !isOnThisMachine(url);
}

/** A person may also be sent to a mail address. */
function isProductionPage(url: string): boolean {
  return new URL(url).protocol === 'mailto:' || isProductionUrl(url);
}

function explainOrigin(origin: string): SettingsProblem {
  const message = `allowed_origins has ${origin}. In production an origin begins with https:// and is no loopback name: remove it or correct it.`;
  return { field: 'allowed_origins', message };
}

function explainPage(field: string): SettingsProblem {
  const message = `${field} is no address for production. Write an https address that is no loopback name.`;
  return { field, message };
}

/** A page that redeems tickets calls this server, which answers allowed origins alone. */
function foreignPage(
  name: string,
  url: string | undefined,
  { publicUrl, allowedOrigins }: ProductionSettings,
): readonly SettingsProblem[] {
  if (url === undefined || publicUrl === undefined) return [];
  const { origin } = new URL(url);
  if (origin === new URL(publicUrl).origin || allowedOrigins.includes(origin)) return [];
  const message = `${name} lies on ${origin}, which is not allowed. Add that to allowed_origins.`;
  return [{ field: 'allowed_origins', message }];
}

function cookieDomainProblems({
  cookieDomain: domain,
  publicUrl: url,
}: ProductionSettings): readonly SettingsProblem[] {
  if (domain === undefined || url === undefined) return [];
  const { hostname } = new URL(url);
  if (hostname === domain || hostname.endsWith(`.${domain}`)) return [];
  const message = `cookie_domain is ${domain}, and public_url lies outside of it: browsers would refuse its cookies.`;
  return [{ field: 'cookie_domain', message }];
}
