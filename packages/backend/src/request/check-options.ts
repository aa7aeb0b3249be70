import { resolveApiUrl } from '../connection/settings.ts';
import { checkRules } from '../session-token/rules.ts';
import type { AuthenticateRequestOptions } from './authenticate.ts';

/** Throws at start what would else be thrown at the first request: a `TypeError` that names the option. */
export function checkOptions(options: AuthenticateRequestOptions): void {
  checkRules(options);
  if (options.jwtKey === undefined && options.jwksUrl === undefined)
    resolveApiUrl({ apiUrl: options.apiUrl });
}
