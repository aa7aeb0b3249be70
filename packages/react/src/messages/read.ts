import { drawOnArrival } from '../entrance/arriving.tsx';
import { loadEntrance } from './load.ts';
import { mergeMessages } from './merge.ts';
import { outages } from './outages.ts';
import { rests } from './rests.ts';

/**
 * What is fetched once for each language and read while rendering: where it is on its way
 * still, reading throws its promise, as `<Suspense>` expects.
 */
function reader<Texts>(load: (language: string) => Promise<Texts>) {
  const known = new Map<string, { readonly arriving: Promise<Texts>; texts?: { of: Texts } }>();
  function fetchOnce(language: string) {
    const arriving = load(language);
    const entry: { arriving: Promise<Texts>; texts?: { of: Texts } } = { arriving };
    drawOnArrival(arriving.then((of) => (entry.texts = { of })));
    known.set(language, entry);
    return entry;
  }
  return {
    load: (language: string) => (known.get(language) ?? fetchOnce(language)).arriving,
    read(language: string): Texts {
      const { texts, arriving } = known.get(language) ?? fetchOnce(language);
      // oxlint-disable-next-line only-throw-error -- how a render waits in React 18
      if (!texts) throw arriving;
      return texts.of;
    },
  };
}

/** What is said in an outage; English where the language did not arrive, else `undefined`. */
export const outageMessages = reader(async (language) => {
  const file = await arrive(outages[language], outages['en']);
  return file?.outage;
});

/** All texts; English for a file that did not arrive, `undefined` where that did not either. */
export const allMessages = reader(async (language) => {
  const [entrance, outage, file] = await Promise.all([
    loadEntrance(language),
    outageMessages.load(language),
    arrive(rests[language], rests['en']),
  ]);
  return outage && file && mergeMessages(entrance, outage, file.rest);
});

/** Fetches texts before they are read: for an outage, and all where no ticket is at work. */
export function prepareMessages(language: string | undefined, hasTicket: boolean): void {
  if (language !== undefined) void (hasTicket ? outageMessages : allMessages).load(language);
}

/** The first file that can be fetched. */
async function arrive<File>(
  ...loads: readonly ((() => Promise<File>) | undefined)[]
): Promise<File | undefined> {
  for (const load of loads) {
    const file = await load?.().catch(() => undefined);
    if (file) return file;
  }
  return undefined;
}
