import type { EnterpriseConnectionJSON, Enveloped, SignInJSON } from '@willcall/contract';
import { openProvider } from '../../../tooling/openid-provider.ts';
import type { Scene } from './scene.ts';

/** An operator connects a company, somebody of it signs in there, and the connection goes again. */
export async function tellOfEnterpriseConnections(scene: Scene): Promise<void> {
  const { backend } = scene;
  const company = await openProvider([`${scene.url}/v1/oauth_callback`]);
  try {
    const oidc = {
      client_id: company.clientId,
      client_secret: company.clientSecret,
      discovery_url: company.discoveryUrl,
    };
    const body = { name: 'The Works', provider: 'oidc_custom', domains: ['works.example'], oidc };
    const created = await backend<EnterpriseConnectionJSON>(
      'CreateEnterpriseConnection',
      { body },
      201,
    );
    await backend('CreateEnterpriseConnection', { body }, 422);
    await backend('ListEnterpriseConnections');
    const path = { enterprise_connection_id: created.id };
    await backend('GetEnterpriseConnection', { path });
    await backend('UpdateEnterpriseConnection', { path, body: { active: true } });
    await backend('UpdateEnterpriseConnection', { path, body: { active: 'perhaps' } }, 422);

    await backend('CreateUser', { body: { email_address: ['worker@works.example'] } });
    company.account = { sub: 'worker', email: 'worker@works.example' };
    await visit(scene, (url) => company.visit(url));

    await backend('DeleteEnterpriseConnection', { path });
    await backend('GetEnterpriseConnection', { path }, 404);
    await backend('DeleteEnterpriseConnection', { path }, 404);
  } finally {
    await company.close();
  }
}

async function visit(scene: Scene, go: (url: string) => Promise<string>): Promise<void> {
  const { send } = scene.openBrowser();
  const begun = await send<Enveloped<SignInJSON>>('createSignIn', {
    body: { identifier: 'worker@works.example' },
  });
  const body = { strategy: 'enterprise_sso', redirect_url: scene.page };
  const path = { sign_in_id: begun.response.id };
  const { response } = await send<Enveloped<SignInJSON>>('prepareSignInFactorOne', { path, body });
  const url = response.first_factor_verification?.external_verification_redirect_url;
  const answered = new URL(await go(url ?? ''));
  await send('getOauthCallback', { query: Object.fromEntries(answered.searchParams) }, 303);
  await send('getUser');
}
