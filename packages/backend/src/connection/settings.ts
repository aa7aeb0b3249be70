import { readVariable } from './variable.ts';

/** How a server-side SDK finds and proves itself to a Willcall server. */
export interface ConnectionSettings {
  /**
   * The server's address, for example `https://auth.example.com`. Default: the variable
   * `WILLCALL_API_URL`, else `http://localhost:4000`; with a live secret key it must be given.
   */
  readonly apiUrl?: string | undefined;
  /**
   * The secret key, `sk_…`. Default: the variable `WILLCALL_SECRET_KEY`, else, where `apiUrl`
   * is an address of this machine, what the development server there hands out.
   */
  readonly secretKey?: string | undefined;
}

const developmentUrl = 'http://localhost:4000';

/**
 * The server's address without a closing slash. Throws a `TypeError` for an address that is
 * no http(s) one, or that holds a password, a query or a hash.
 */
export function resolveApiUrl(settings: ConnectionSettings): string {
  const given = settings.apiUrl ?? readVariable('WILLCALL_API_URL');
  if (given === undefined && settings.secretKey?.startsWith('sk_live_')) {
    throw new TypeError(
      'apiUrl is missing: pass it or set WILLCALL_API_URL. A live secret key has no default address.',
    );
  }
  return readUrl(given ?? developmentUrl);
}

/** The secret key that was given. Throws a `TypeError`, which never shows it, for what cannot be one. */
export function resolveSecretKey(settings: ConnectionSettings): string | undefined {
  const key = settings.secretKey ?? readVariable('WILLCALL_SECRET_KEY');
  // Checked here because fetch quotes a header that it cannot send in its error.
  if (key !== undefined && !/^sk_(test|live)_[\w-]+$/.test(key)) {
    throw new TypeError(
      'secretKey must be a key that begins with sk_test_ or sk_live_, without spaces or line breaks.',
    );
  }
  return key;
}

/** Whether an address means this machine, where a development server may hand out its keys. */
export function isLoopback(url: string): boolean {
  const { hostname } = new URL(url);
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

function readUrl(text: string): string {
  if (!URL.canParse(text))
    throw new TypeError('apiUrl must be an absolute address such as http://localhost:4000.');
  const url = new URL(text);
  const isPlain =
    url.username === '' && url.password === '' && url.search === '' && url.hash === '';
  if (!/^https?:$/.test(url.protocol) || !isPlain) {
    throw new TypeError(
      'apiUrl must be an http or https address without a password, a query or a hash.',
    );
  }
  return url.href.replace(/\/+$/, '');
}
