import type { OutageMessages } from '../messages.ts';

export const outage: OutageMessages = {
  title: 'Não funcionou',
  retry: 'Tentar novamente',
  ticket: {
    otherWay: 'Entrar de outra forma',
  },
  networkError: 'Não houve resposta. Verifique sua conexão e tente novamente.',
  unknownError: 'Algo deu errado. Tente novamente.',
  errors: {
    too_many_requests: 'Muitas tentativas em pouco tempo. Aguarde um pouco e tente novamente.',
    service_unavailable: 'O serviço está indisponível no momento. Tente novamente em um minuto.',
    internal_error: 'Algo deu errado do nosso lado. Tente novamente em um minuto.',
  },
};
