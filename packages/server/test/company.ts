import type { EnterpriseConnectionJSON } from '@willcall/contract';
import type { CompanyProvider } from '../../../tooling/openid-provider.ts';
import type { TestService } from './service.ts';

/** Lets the people of works.example sign in at this provider. */
export async function connect(
  service: TestService,
  name: string,
  {
    clientId: client_id,
    clientSecret: client_secret,
    discoveryUrl: discovery_url,
  }: CompanyProvider,
): Promise<EnterpriseConnectionJSON> {
  const { status, body } = await service.backend<EnterpriseConnectionJSON>(
    'POST',
    '/v1/enterprise_connections',
    {
      name,
      provider: 'oidc_custom',
      domains: ['works.example'],
      active: true,
      oidc: { client_id, client_secret, discovery_url },
    },
  );
  if (status !== 201) throw new Error(`no connection was created: ${JSON.stringify(body)}`);
  return body;
}
