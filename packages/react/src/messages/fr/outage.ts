import type { OutageMessages } from '../messages.ts';

export const outage: OutageMessages = {
  title: 'Cela n’a pas fonctionné',
  retry: 'Réessayer',
  ticket: {
    otherWay: 'Se connecter autrement',
  },
  networkError: 'Aucune réponse. Vérifiez votre connexion, puis réessayez.',
  unknownError: 'Une erreur s’est produite. Réessayez.',
  errors: {
    too_many_requests: 'Trop de tentatives en peu de temps. Patientez un moment, puis réessayez.',
    service_unavailable: 'Le service est momentanément indisponible. Réessayez dans une minute.',
    internal_error: 'Une erreur s’est produite de notre côté. Réessayez dans une minute.',
  },
};
