import { getParser } from 'bowser';

/** What a browser says of itself, as far as it is known. */
export interface Device {
  readonly browser: string | undefined;
  readonly version: string | undefined;
  readonly system: string | undefined;
  readonly isMobile: boolean;
}

const known = new Map<string, Device>();
const mostKnown = 1000;
const unknown: Device = {
  browser: undefined,
  version: undefined,
  system: undefined,
  isMobile: false,
};

/** Reads a `User-Agent`. */
export function readDevice(userAgent: string | undefined): Device {
  if (!userAgent) return unknown;
  const earlier = known.get(userAgent);
  if (earlier) return earlier;
  const parser = getParser(userAgent);
  const platform = parser.getPlatformType(true);
  const device = {
    browser: parser.getBrowserName() || undefined,
    version: parser.getBrowserVersion() || undefined,
    system: parser.getOSName() || undefined,
    isMobile: platform === 'mobile' || platform === 'tablet',
  };
  // Reading one costs as much as a statement; browsers are few, and somebody may send many.
  if (known.size >= mostKnown) known.clear();
  known.set(userAgent, device);
  return device;
}

/** A browser and its system in words, such as `Chrome on Windows`; `undefined` where neither is known. */
export function describeDevice(userAgent: string | undefined): string | undefined {
  const { browser, system } = readDevice(userAgent);
  const parts = [browser, system].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join(' on ').slice(0, 100);
}
