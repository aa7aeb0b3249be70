/**
 * The first wanted language that is offered, as it is offered: the same tag, else one that
 * differs in region or script only, so that `de-AT` finds `de` and `pt-PT` finds `pt-BR`.
 * Tags are of BCP 47, in any case; `undefined` when none fits.
 *
 * @param wanted in the order of preference
 */
export function chooseLanguage(
  wanted: readonly string[],
  offered: readonly string[],
): string | undefined {
  for (const tag of wanted.map(lower)) {
    const found =
      offered.find((each) => lower(each) === tag) ??
      offered.find((each) => primaryOf(each) === primaryOf(tag));
    if (found) return found;
  }
  return undefined;
}

const lower = (tag: string) => tag.toLowerCase();
const primaryOf = (tag: string) => lower(tag).split('-')[0];
