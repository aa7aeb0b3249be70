import { useProvider } from '../provider/context.ts';
import type { OutageMessages } from './messages.ts';
import { outageMessages } from './read.ts';

/** The texts for an outage, within a `<Suspense>`. */
export function useOutageMessages(): OutageMessages {
  const { messages, language = 'en' } = useProvider();
  const read = messages ?? outageMessages.read(language);
  if (!read) throw new TypeError('Texts are missing.');
  return read;
}
