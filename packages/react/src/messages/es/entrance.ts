import type { EntranceMessages } from '../messages.ts';

export const entrance: EntranceMessages = {
  language: 'es',
  direction: 'ltr',
  loading: 'Un momento…',
  missing: 'Falta una parte de esta página. Recargar',
  ticket: {
    redeeming: 'Comprobando su enlace',
  },
  signIn: { title: 'Iniciar sesión' },
};
