import type { Page } from 'playwright-core';
import { type CompanyProvider, openProvider } from '../tooling/openid-provider.ts';
import type { Person, Server } from './server.ts';

/** A company that signs its people in itself. */
export interface Company {
  readonly provider: CompanyProvider;
  /** Adds one of them, who is signed in at the provider from now on. */
  addWorker(domain: string): Promise<Person>;
  close(): Promise<void>;
}

let workers = 0;

/** Opens a company, and connects its domains with the server. */
export async function openCompany(
  server: Server,
  name: string,
  domains: readonly string[],
): Promise<Company> {
  const provider = await openProvider([`${server.url}/v1/oauth_callback`]);
  const { clientId: client_id, clientSecret: client_secret, discoveryUrl } = provider;
  await server.call('POST', '/enterprise_connections', {
    ...{ name, domains, provider: 'oidc_custom', active: true },
    oidc: { client_id, client_secret, discovery_url: discoveryUrl },
  });
  return { provider, addWorker, close: provider.close };

  async function addWorker(domain: string): Promise<Person> {
    workers += 1;
    const email = `worker${workers}@${domain}`;
    provider.account = { sub: `worker ${workers}`, email, email_verified: true };
    return server.addUser({ email });
  }
}

/** Keeps the person at the door of the provider until they are let through. */
export async function holdAtDoor(page: Page, { provider }: Company) {
  const arrival = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  await page.route(`${provider.issuer}/**`, async (route) => {
    arrival.resolve();
    await gate.promise;
    // A page that has gone meanwhile needs no answer.
    await route.continue().catch(() => {});
  });
  return { arrived: arrival.promise, letThrough: gate.resolve };
}
