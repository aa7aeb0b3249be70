import { useProvider } from '../provider/context.ts';
import type { EntranceMessages } from './messages.ts';

/**
 * The texts of the entrance; `undefined` until the language is known and they are there. A
 * page that only redeems a ticket loads no others.
 */
export function useEntranceMessages(): EntranceMessages | undefined {
  const { messages, entrance } = useProvider();
  return messages ?? entrance;
}
