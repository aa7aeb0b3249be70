import { useEffect, useState } from 'react';
import { useProvider } from '../provider/context.ts';
import type { Messages, OutageMessages } from './messages.ts';

/**
 * Texts for a component that is there from the start and cannot wait in a `<Suspense>`: all,
 * or those for an outage where nothing more can be fetched. `undefined` until they are there.
 */
export function useLateMessages(
  needed: 'all' | 'outage' | undefined,
): Messages | OutageMessages | undefined {
  const { messages, language } = useProvider();
  const [arrived, setArrived] = useState<{ readonly of: string; readonly texts: OutageMessages }>();
  const name = `${needed} ${language}`;
  useEffect(() => {
    if (needed === undefined || messages || language === undefined) return;
    let isCurrent = true;
    async function load(tag: string) {
      const { allMessages, outageMessages } = await import('./read.ts');
      const all = needed === 'all' ? await allMessages.load(tag) : undefined;
      const texts = all ?? (await outageMessages.load(tag));
      if (isCurrent && texts) setArrived({ of: name, texts });
    }
    void load(language);
    return () => {
      isCurrent = false;
    };
  }, [needed, messages, language, name]);
  return messages ?? (arrived?.of === name ? arrived.texts : undefined);
}
