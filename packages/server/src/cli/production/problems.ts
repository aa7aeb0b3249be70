import type { Environment } from '../../config.ts';
import type { SettingsFile } from '../../settings-file.ts';
import { isOnThisMachine } from '../reach.ts';

const pages = [
  'sign_in_url',
  'sign_up_url',
  'home_url',
  'after_sign_in_url',
  'new_link_url',
] as const;

/** What keeps settings from being those of a production instance: one sentence for each. */
export function settingsProblems(file: SettingsFile): readonly string[] {
  return [
    ...publicUrlProblems(file.public_url),
    ...file.allowed_origins.filter((origin) => !isProductionUrl(origin)).map(explainOrigin),
    ...pages
      .filter((name) => !isProductionPage(file[name] ?? 'https://example.com'))
      .map(explainPage),
    ...['sign_in_url', 'sign_up_url'].flatMap((name) =>
      foreignPage(file, name as 'sign_in_url' | 'sign_up_url'),
    ),
    ...cookieDomainProblems(file),
  ];
}

/** What keeps people from getting the mails that the settings call for. */
export function mailProblems(file: SettingsFile, environment: Environment): readonly string[] {
  if (environment.smtpUrl !== undefined) {
    if (environment.mailFrom !== undefined) return [];
    return ['WILLCALL_MAIL_FROM is not set. Write the sender of mails: Name <address>.'];
  }
  const needs = 'needs mail, and WILLCALL_SMTP_URL is not set. Set it, or';
  return [
    ...(file.email_code ? [`email_code is on: it ${needs} set email_code to false.`] : []),
    ...(file.sign_up === 'public'
      ? [`sign_up is public: it ${needs} set sign_up to "restricted".`]
      : []),
  ];
}

function publicUrlProblems(url: string | undefined): readonly string[] {
  if (url === undefined) {
    return [
      'public_url is not set. Write into the configuration file under which https address people reach this server.',
    ];
  }
  const { protocol, origin, pathname, search, hash } = new URL(url);
  if (protocol !== 'https:') {
    return [
      `public_url is ${url}, which is not encrypted. Put a proxy with TLS in front and write its https address.`,
    ];
  }
  if (pathname !== '/' || search !== '' || hash !== '') {
    return [`public_url is ${url}, which has more than scheme, host and port. Write ${origin}.`];
  }
  return isOnThisMachine(url)
    ? [
        `public_url is ${url}, which only this machine can reach. Write the address that people use.`,
      ]
    : [];
}

function isProductionUrl(url: string): boolean {
  const { protocol } = new URL(url);
  return protocol === 'https:' && !isOnThisMachine(url);
}

/** A person may also be sent to a mail address. */
function isProductionPage(url: string): boolean {
  return new URL(url).protocol === 'mailto:' || isProductionUrl(url);
}

function explainOrigin(origin: string): string {
  return `allowed_origins has ${origin}. In production an origin begins with https:// and is no loopback name: remove it or correct it.`;
}

function explainPage(name: string): string {
  return `${name} is no address for production. Write an https address that is no loopback name.`;
}

/** A page that redeems tickets calls this server, which answers allowed origins alone. */
function foreignPage(file: SettingsFile, name: 'sign_in_url' | 'sign_up_url'): readonly string[] {
  const url = file[name];
  if (url === undefined || file.public_url === undefined) return [];
  const { origin } = new URL(url);
  if (origin === new URL(file.public_url).origin || file.allowed_origins.includes(origin))
    return [];
  return [`${name} lies on ${origin}, which is not allowed. Add that to allowed_origins.`];
}

function cookieDomainProblems(file: SettingsFile): readonly string[] {
  const { cookie_domain: domain, public_url: url } = file;
  if (domain === undefined || url === undefined) return [];
  const { hostname } = new URL(url);
  if (hostname === domain || hostname.endsWith(`.${domain}`)) return [];
  return [
    `cookie_domain is ${domain}, and public_url lies outside of it: browsers would refuse its cookies.`,
  ];
}
