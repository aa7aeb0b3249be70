import { useProvider } from '../provider/context.ts';
import type { OutageMessages } from './messages.ts';
import { outageMessages } from './read.ts';

/** The texts for an outage, within a `<Suspense>`; `undefined` where they did not arrive. */
export function useOutageMessages(): OutageMessages | undefined {
  const { messages, language = 'en' } = useProvider();
  return messages ?? outageMessages.read(language);
}
