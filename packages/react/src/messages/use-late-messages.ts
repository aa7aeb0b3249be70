import { useEffect, useState } from 'react';
import { loadLate } from '../entrance/load-late.ts';
import { useProvider } from '../provider/context.ts';
import type { Messages, OutageMessages } from './messages.ts';

/** `missing`: they cannot be fetched. */
export type LateMessages = Messages | OutageMessages | 'missing';

/**
 * Texts for a component that is there from the start and cannot wait in a `<Suspense>`: all,
 * or those for an outage where nothing more can be fetched. `undefined` until they are there.
 */
export function useLateMessages(needed: 'all' | 'outage' | undefined): LateMessages | undefined {
  const { messages, language } = useProvider();
  const [arrived, setArrived] = useState<{ readonly of: string; readonly texts: LateMessages }>();
  const name = `${needed} ${language}`;
  useEffect(() => {
    if (needed === undefined || messages || language === undefined) return;
    let isCurrent = true;
    async function load(tag: string) {
      const { allMessages, outageMessages } = await loadLate();
      const all = needed === 'all' ? await allMessages.load(tag) : undefined;
      return all ?? outageMessages.load(tag);
    }
    void load(language)
      .catch(() => undefined)
      .then((texts) => {
        if (isCurrent) setArrived({ of: name, texts: texts ?? 'missing' });
      });
    return () => {
      isCurrent = false;
    };
  }, [needed, messages, language, name]);
  return messages ?? (arrived?.of === name ? arrived.texts : undefined);
}
