import type { EnterpriseConnectionJSON, SignInJSON } from '@willcall/contract';
import { createPerson } from '../../people.ts';
import { appOrigin } from '../../service.ts';
import { cookieOf, once, type Stage, startSignIn } from './stage.ts';

/** Where the service under test lets the provider send people back to. */
export const callbackUrl = 'http://localhost:4000/v1/oauth_callback';

/** A company whose provider has just sent somebody back to us. */
export function companyParts({ service, company, number }: Stage) {
  const domain = `works${number}.example`;
  const connection = once(async () => {
    const { body } = await service.backend<EnterpriseConnectionJSON>(
      'POST',
      '/v1/enterprise_connections',
      {
        name: `Scene ${number}`,
        provider: 'oidc_custom',
        domains: [domain],
        active: true,
        oidc: {
          client_id: company.clientId,
          client_secret: company.clientSecret,
          discovery_url: company.discoveryUrl,
        },
      },
    );
    return body;
  });
  const visit = once(async () => {
    await connection();
    const email = `worker@${domain}`;
    await createPerson(service, { email_address: [email] });
    company.account = { sub: `subject ${number}`, email, email_verified: true };
    const { browser, id } = await startSignIn(service, { identifier: email });
    const url = `/v1/client/sign_ins/${id}/prepare_first_factor`;
    const { body } = await browser.post<SignInJSON>(url, {
      strategy: 'enterprise_sso',
      redirect_url: `${appOrigin}/sign-in`,
    });
    const away = body.response.first_factor_verification?.external_verification_redirect_url;
    const { searchParams } = new URL(await company.visit(away ?? 'no address came'));
    return { browser, query: searchParams };
  });
  return {
    connectionId: async () => (await connection()).id,
    providerState: async () => (await visit()).query.get('state') ?? '',
    providerCode: async () => (await visit()).query.get('code') ?? '',
    issuer: async () => company.issuer,
    visiting: async () => cookieOf((await visit()).browser),
  };
}
