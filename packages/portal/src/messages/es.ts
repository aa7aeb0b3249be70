import type { Texts } from './texts.ts';

export const texts: Texts = {
  home: 'Inicio',
  development: 'desarrollo',
  foot: 'Funciona con Willcall. Sin relación con Clerk ni aprobación suya; el nombre se usa solo para indicar la compatibilidad.',
  homeTitle: 'Inicio',
  noAnswer: 'El servidor no responde',
  noAnswerText: 'Compruebe que está en marcha y abra de nuevo esta página.',
  missing: 'Falta una parte de esta página',
  reload: 'Recargar la página',
  signedInTitle: 'Ha iniciado sesión',
  signedInAs: 'Como {name}',
  goOn: 'Continuar a {application}',
  manage: 'Gestionar la cuenta',
  signOut: 'Cerrar sesión',
  signedOutTitle: 'No ha iniciado sesión',
  signedOutText:
    'Inicie sesión para continuar a {application}. Un enlace de acceso recibido por correo hace lo mismo: ábralo y habrá entrado.',
  signIn: 'Iniciar sesión',
  signUp: 'Crear una cuenta',
  lostTitle: 'Página no encontrada',
  lostHeading: 'Aquí no hay ninguna página',
  lostText:
    'Puede que la dirección esté mal escrita, o cortada si era un enlace. Abra de nuevo el enlace completo o empiece por la página de inicio.',
  homePage: 'Página de inicio',
  account: 'Su cuenta',
};
