import { createClerkClient, type ClerkClient } from '@clerk/backend';
import type { RunningServer } from './server.ts';

/** The official SDK for servers, as a customer's server would make it. */
export function openBackend({
  url: apiUrl,
  secretKey,
  publishableKey,
}: RunningServer): ClerkClient {
  return createClerkClient({ apiUrl, secretKey, publishableKey, telemetry: { disabled: true } });
}
