import type { EntranceMessages } from '../messages.ts';

export const entrance: EntranceMessages = {
  language: 'de',
  direction: 'ltr',
  loading: 'Einen Moment …',
  missing: 'Ein Teil dieser Seite fehlt. Neu laden',
  ticket: {
    redeeming: 'Ihr Link wird geprüft',
  },
  signIn: { title: 'Anmelden' },
};
