import { fileURLToPath } from 'node:url';
import { startServer as startDevelopment } from '../tooling/development-server.ts';

/** A server of ours that answers, started from source with an empty database. */
export interface RunningServer {
  url: string;
  publishableKey: string;
  secretKey: string;
  /** Ends the process; what it kept is gone. */
  stop(): Promise<void>;
}

/**
 * Starts a development server on a free port. The script bundles of the official SDKs are
 * served from the packages beside this file.
 *
 * @param settings what its configuration file says
 */
export async function startServer(settings: object = {}): Promise<RunningServer> {
  const env = { WILLCALL_CLERK_PACKAGES: fileURLToPath(new URL('.', import.meta.url)) };
  const started = await startDevelopment({ env, settings });
  const { url, publishable_key: publishableKey, secret_key: secretKey, stop } = started;
  return { url, publishableKey, secretKey, stop };
}
