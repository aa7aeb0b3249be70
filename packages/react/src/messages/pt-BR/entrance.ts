import type { EntranceMessages } from '../messages.ts';

export const entrance: EntranceMessages = {
  language: 'pt-BR',
  direction: 'ltr',
  loading: 'Um momento…',
  missing: 'Falta uma parte desta página. Recarregar',
  ticket: {
    redeeming: 'Verificando seu link',
  },
  signIn: { title: 'Entrar' },
};
