import type { FastifyRequest } from 'fastify';
import type { Agent } from '../../domain/audit-log/audit-log.ts';
import { truncateAddress } from '../truncate-address.ts';

/** The customer's server that makes this call, for the audit log. */
export function agentOf(request: FastifyRequest): Agent {
  return {
    kind: 'secret_key',
    id: request.secretKey.id,
    network: truncateAddress(request.ip),
  };
}
