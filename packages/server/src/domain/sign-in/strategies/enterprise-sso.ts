import {
  companyAddressesOf,
  connectionsOf,
  connectionsOfAddress,
  type EnterpriseConnection,
} from '../../enterprise/connection.ts';
import { beginVisit } from '../../enterprise/visit.ts';
import { Refusal } from '../../refusal.ts';
import type { Factor, Strategy } from '../strategy.ts';

/** Sign-in at the identity provider of the person's company. */
export const enterpriseSso: Strategy = {
  name: 'enterprise_sso',

  async factors(world, user) {
    return (await connectionsOf(world, user)).map(asFactor);
  },

  async prepare(world, user, input, signInId) {
    const emailAddresses = companyAddressesOf(user).map(({ value }) => value);
    const connections = await connectionsOf(world, user);
    return beginVisit(world, { emailAddresses, connections }, input, signInId);
  },

  // The proof comes with the person, back from the provider: `/v1/oauth_callback`.
  async attempt() {
    throw unvisited();
  },

  // The domain decides, and says nothing of an account.
  claim: {
    async factors(world, identifier) {
      return (await connectionsOfAddress(world, identifier)).map(asFactor);
    },

    async prepare(world, { identifier }, input, signInId) {
      const connections = await connectionsOfAddress(world, identifier);
      return beginVisit(world, { emailAddresses: [identifier], connections }, input, signInId);
    },

    async attempt() {
      throw unvisited();
    },
  },
};

function asFactor({ id, name }: EnterpriseConnection): Factor {
  return {
    strategy: 'enterprise_sso',
    enterpriseConnectionId: id,
    enterpriseConnectionName: name,
  };
}

function unvisited(): Refusal {
  return new Refusal(
    'verification_missing',
    'Sign in at your company first: prepare this factor and follow its address.',
  );
}
