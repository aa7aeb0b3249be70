import type { OutageMessages } from '../messages.ts';

export const outage: OutageMessages = {
  title: 'Das hat nicht geklappt',
  retry: 'Erneut versuchen',
  ticket: {
    otherWay: 'Anders anmelden',
  },
  networkError:
    'Es kam keine Antwort. Prüfen Sie Ihre Internetverbindung und versuchen Sie es erneut.',
  unknownError: 'Etwas ist schiefgegangen. Versuchen Sie es erneut.',
  errors: {
    too_many_requests:
      'Zu viele Versuche in kurzer Zeit. Warten Sie eine Weile und versuchen Sie es erneut.',
    service_unavailable:
      'Der Dienst ist zurzeit nicht erreichbar. Versuchen Sie es in einer Minute erneut.',
    internal_error: 'Bei uns ist etwas schiefgegangen. Versuchen Sie es in einer Minute erneut.',
  },
};
