import type { OutageMessages } from '../messages.ts';

export const outage: OutageMessages = {
  title: 'No ha funcionado',
  retry: 'Reintentar',
  ticket: {
    otherWay: 'Iniciar sesión de otra forma',
  },
  networkError: 'No hay respuesta. Compruebe su conexión e inténtelo de nuevo.',
  unknownError: 'Algo ha fallado. Inténtelo de nuevo.',
  errors: {
    too_many_requests: 'Demasiados intentos en poco tiempo. Espere un rato e inténtelo de nuevo.',
    service_unavailable:
      'El servicio no está disponible en este momento. Inténtelo de nuevo en un minuto.',
    internal_error: 'Algo ha fallado por nuestra parte. Inténtelo de nuevo en un minuto.',
  },
};
