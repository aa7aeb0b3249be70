import type { EnterpriseConnectionJSON } from '@willcall/contract';
import type { EnterpriseConnection } from '../../domain/enterprise/connection.ts';

/** A connection as the customer's server sees it. The client secret is never told. */
export function presentConnection(connection: EnterpriseConnection): EnterpriseConnectionJSON {
  return {
    object: 'enterprise_connection',
    id: connection.id,
    name: connection.name,
    provider: 'oidc_custom',
    logo_public_url: null,
    active: connection.isActive,
    domains: [...connection.domains],
    organization_id: null,
    authenticatable: true,
    disable_jit_provisioning: true,
    sync_user_attributes: false,
    disable_additional_identifications: false,
    allow_organization_account_linking: false,
    custom_attributes: [],
    saml_connection: null,
    oauth_config: {
      id: connection.id,
      name: connection.name,
      provider_key: 'oidc_custom',
      client_id: connection.oidcClientId,
      discovery_url: connection.discoveryUrl,
      auth_url: null,
      token_url: null,
      user_info_url: null,
      logo_public_url: null,
      requires_pkce: true,
      created_at: connection.createdAt,
      updated_at: connection.updatedAt,
    },
    created_at: connection.createdAt,
    updated_at: connection.updatedAt,
  };
}
