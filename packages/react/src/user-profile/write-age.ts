const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/**
 * How long ago a moment was, "5 minutes ago", in the largest whole unit up to days.
 *
 * @param now epoch milliseconds, like `moment`; a moment ahead of a slow clock counts as now
 * @param language a BCP 47 tag
 */
export function writeAge(moment: number, now: number, language: string): string {
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const age = Math.max(0, now - moment);
  for (const [unit, length] of units) {
    if (age >= length) return format.format(-Math.floor(age / length), unit);
  }
  return format.format(0, 'second');
}
