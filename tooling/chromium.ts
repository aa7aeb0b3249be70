import { existsSync } from 'node:fs';
import { chromium, type Browser, type LaunchOptions } from 'playwright-core';
import { findChromium, type FoundChromium } from './chromium/find.ts';

const switches = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Starts the Chromium that all browser tests use, headless, talking to nobody by itself.
 * Further switches, such as `--host-resolver-rules=…`, are appended. The caller closes it.
 * Refuses, with what to install, where this machine has none.
 */
export async function launchChromium(...furtherSwitches: string[]): Promise<Browser> {
  const found = await findChromium();
  const options: LaunchOptions = {
    executablePath: found.executable,
    headless: true,
    chromiumSandbox: false,
    args: [...switches, ...furtherSwitches],
    env: withFonts(found),
  };
  return chromium.launch(options).catch((error: unknown) => {
    if (!found.libraries || !String(error).includes('loading shared libraries')) throw error;
    const env = { ...options.env, LD_LIBRARY_PATH: found.libraries };
    return chromium.launch({ ...options, env });
  });
}

function withFonts(found: FoundChromium): Record<string, string | undefined> {
  if (!found.fonts || existsSync('/etc/fonts')) return process.env;
  return { ...process.env, FONTCONFIG_PATH: found.fonts };
}
