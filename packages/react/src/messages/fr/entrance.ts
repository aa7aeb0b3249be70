import type { EntranceMessages } from '../messages.ts';

export const entrance: EntranceMessages = {
  language: 'fr',
  direction: 'ltr',
  loading: 'Un instant…',
  missing: 'Une partie de cette page manque. Recharger',
  ticket: {
    redeeming: 'Vérification de votre lien',
  },
  signIn: { title: 'Se connecter' },
};
