import type { EnterpriseConnectionJSON } from '@willcall/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type CompanyProvider, openProvider } from '../../../tooling/openid-provider.ts';
import { applyConnections } from '../src/domain/enterprise/save.ts';
import { connectionsOfFile } from '../src/cli/enterprise-connections.ts';
import { settingsFileSchema } from '../src/settings-file.ts';
import { connect } from './company.ts';
import { openService, type TestService } from './service.ts';

let service: TestService;
let company: CompanyProvider;
let connection: EnterpriseConnectionJSON;

beforeAll(async () => {
  company = await openProvider(['http://localhost:4000/v1/oauth_callback']);
});
afterAll(() => company?.close());

beforeEach(async () => {
  service = await openService();
  connection = await connect(service, 'Example Works', company);
  return () => service.close();
});

describe('the connections', () => {
  test('are created, listed, read, changed and removed, and never tell their secret', async () => {
    expect(connection).toMatchObject({
      object: 'enterprise_connection',
      provider: 'oidc_custom',
      domains: ['works.example'],
      active: true,
      oauth_config: {
        client_id: company.clientId,
        discovery_url: company.discoveryUrl,
        requires_pkce: true,
      },
    });
    const path = `/v1/enterprise_connections/${connection.id}`;
    expect((await service.backend('GET', path)).body).toEqual(connection);
    const listed = await service.backend<{ data: unknown[]; total_count: number }>(
      'GET',
      '/v1/enterprise_connections',
    );
    expect(listed.body).toEqual({ data: [connection], total_count: 1 });
    const inactive = await service.backend<{ data: unknown[] }>(
      'GET',
      '/v1/enterprise_connections?active=false',
    );
    expect(inactive.body.data).toEqual([]);
    const changed = await service.backend('PATCH', path, {
      name: 'Renamed',
      domains: ['Other.Example'],
      active: false,
    });
    expect(changed.body).toMatchObject({
      name: 'Renamed',
      domains: ['other.example'],
      active: false,
    });
    expect(JSON.stringify([connection, changed.body, service.dump()])).not.toContain(
      company.clientSecret,
    );
    expect((await service.backend('DELETE', path)).body).toMatchObject({
      id: connection.id,
      deleted: true,
    });
    expect((await service.backend('GET', path)).status).toBe(404);
    expect((await service.backend('DELETE', path)).code).toBe('resource_not_found');
    expect(service.dump()['enterprise_domains']).toEqual([]);
  });

  const right = {
    client_id: 'x',
    discovery_url: 'https://id.example/.well-known/openid-configuration',
  };
  test.each<[string, object, string]>([
    ['a name that is taken', { name: 'Example Works' }, 'form_identifier_exists'],
    ['no name', { name: undefined }, 'form_param_missing'],
    ['no domain', { domains: [] }, 'form_param_value_invalid'],
    ['an address for a domain', { domains: ['me@works.example'] }, 'form_param_value_invalid'],
    ['SAML', { provider: 'saml_custom' }, 'form_param_value_invalid'],
    ['a misspelt field', { activ: true }, 'form_param_unknown'],
    ['no client', { oidc: { ...right, client_id: undefined } }, 'form_param_missing'],
    [
      'a visit without PKCE',
      { oidc: { ...right, requires_pkce: false } },
      'form_param_value_invalid',
    ],
    ...[
      'id.example',
      'https://id.example/',
      'http://id.example/.well-known/openid-configuration',
      'https://me:secret@id.example/.well-known/openid-configuration',
      'https://id.example/?/.well-known/openid-configuration',
      'file:///.well-known/openid-configuration',
    ].map(
      (discovery_url) =>
        [
          `${discovery_url} for discovery`,
          { oidc: { ...right, discovery_url } },
          'form_param_value_invalid',
        ] satisfies [string, object, string],
    ),
  ])('refuse %s and write nothing', async (_what, fields, code) => {
    const before = service.dump();
    const given = {
      name: 'New',
      provider: 'oidc_custom',
      domains: ['new.example'],
      oidc: right,
      ...fields,
    };
    const answer = await service.backend('POST', '/v1/enterprise_connections', given);
    expect([answer.status, answer.code]).toEqual([422, code]);
    expect(service.dump()).toEqual(before);
  });

  test('in production need https, on this machine too', async () => {
    const live = await openService({ type: 'production', publicUrl: 'https://id.shop.example' });
    const oidc = { client_id: 'x', discovery_url: company.discoveryUrl };
    const given = { name: 'New', provider: 'oidc_custom', domains: ['new.example'], oidc };
    const answer = await live.backend('POST', '/v1/enterprise_connections', given);
    await live.close();
    expect(answer.code).toBe('form_param_value_invalid');
  });

  test('of the configuration file are brought in by their names, with secrets of the environment', async () => {
    const written = {
      name: 'Example Works',
      domains: ['works.example', 'works2.example'],
      discovery_url: company.discoveryUrl,
      client_id: company.clientId,
      client_secret_env: 'WORKS_SECRET',
    };
    const file = settingsFileSchema.parse({
      enterprise_connections: [written, { ...written, name: 'New Works' }],
    });
    expect(() => connectionsOfFile(file, {})).toThrow('WORKS_SECRET is not set');
    const connections = connectionsOfFile(file, { WORKS_SECRET: company.clientSecret });
    service.clock.advance(1);
    await applyConnections(service.world, connections);
    await applyConnections(service.world, connections);
    const { body } = await service.backend<{ data: EnterpriseConnectionJSON[] }>(
      'GET',
      '/v1/enterprise_connections',
    );
    expect(body.data.map(({ name, domains }) => [name, domains.length])).toEqual([
      ['Example Works', 2],
      ['New Works', 2],
    ]);
    expect(body.data[0]?.id).toBe(connection.id);
  });

  test('show in the environment while one is active', async () => {
    const isOn = async () => {
      const { text } = await service.browser().get('/v1/environment');
      return (JSON.parse(text) as { user_settings: { enterprise_sso: { enabled: boolean } } })
        .user_settings.enterprise_sso.enabled;
    };
    expect(await isOn()).toBe(true);
    await service.backend('PATCH', `/v1/enterprise_connections/${connection.id}`, {
      active: false,
    });
    expect(await isOn()).toBe(false);
  });
});
