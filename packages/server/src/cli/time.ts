import { UsageError } from './failure.ts';
import { converted, type Option, text } from './option.ts';

const secondsOf: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3600, d: 86_400 };

/** A time as tables show it: `2026-03-01 12:30:05Z`. One that no calendar has is shown as it is: a row must not hide the others. */
export function writeTime(milliseconds: number): string {
  if (Number.isNaN(new Date(milliseconds).getTime())) return String(milliseconds);
  return new Date(milliseconds).toISOString().replace('T', ' ').replace(/\.\d+/, '');
}

/** An option that is a span of time, in seconds after reading. */
export function duration(description: string): Option<number | undefined> {
  return converted(text('time', description), readDuration);
}

/** `30s`, `10m`, `2h`, `7d`, or plain seconds; whole numbers from 1 on. */
function readDuration(written: string, name: string): number {
  const [, digits = '', unit = ''] = /^(\d{1,11})([smhd]?)$/.exec(written) ?? [];
  const seconds = Number(digits) * (secondsOf[unit] ?? 0);
  if (seconds >= 1 && seconds <= longestSeconds) return seconds;
  throw new UsageError(`--${name} is a time such as 30s, 10m, 2h or 7d, or a number of seconds.`);
}

/** What the Backend API takes at most. Each instance has a cap of its own below it. */
const longestSeconds = 31_536_000_000;
