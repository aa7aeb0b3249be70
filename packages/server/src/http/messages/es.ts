import type { PageMessages } from './page-messages.ts';

export const es: PageMessages = {
  language: 'es',
  direction: 'ltr',
  noScript: 'Esta página necesita JavaScript para iniciar su sesión.',
  foreignAddress: {
    title: 'Esta dirección no está permitida',
    text: 'El enlace debía llevarle a un lugar que este servicio no conoce. Puede cerrar esta página.',
  },
  signInOver: {
    title: 'Este inicio de sesión no puede continuar aquí',
    text: 'Ya se completó, tardó demasiado o comenzó en otro navegador. Vuelva a la aplicación y empiece de nuevo.',
  },
  link: {
    foot: 'Funciona con Willcall. Sin relación con Clerk ni aprobación suya; el nombre se usa solo para indicar la compatibilidad.',
    title: '¿Iniciar sesión como {account}?',
    actTitle: '¿Actuar como {account}?',
    createTitle: '¿Crear una cuenta para {account}?',
    explain:
      'Su enlace inicia sesión en {application}. Pulse el botón para continuar; antes no ocurre nada.',
    explainCreate:
      'Su invitación crea una cuenta en {application} e inicia la sesión. Pulse el botón para continuar; antes no ocurre nada.',
    explainOther:
      'En este navegador, {other} ha iniciado sesión en {application}. Su enlace es para otra cuenta, {account}.',
    continue: 'Continuar',
    cancel: 'Cancelar',
    switch: 'Cerrar sesión y continuar como {account}',
    add: 'Añadir {account}',
    stay: 'Seguir como {other}',
    stayGood: 'Su enlace sigue siendo válido si no cambia.',
    refusedTitle: 'Este enlace no puede continuar',
    newLink: 'Pedir un enlace nuevo',
    otherWay: 'Iniciar sesión de otra forma',
    contact: '¿Necesita ayuda? Escriba a {address}.',
    over: 'Esta página ha estado abierta demasiado tiempo o se ha abierto otro enlace después. Abra su enlace de nuevo.',
    refusals: {
      ticket_invalid_code:
        'Este enlace no es válido. Puede que esté cortado: abra de nuevo el enlace completo o pida otro.',
      ticket_expired_code: 'Este enlace ha caducado. Pida uno nuevo o inicie sesión de otra forma.',
      ticket_continuation_expired:
        'Este paso ha tardado demasiado o empezó en otro navegador. Abra su enlace de nuevo.',
      ticket_wrong_browser:
        'Este enlace solo funciona en el navegador desde el que se pidió. Ábralo allí o pida uno nuevo aquí.',
      sign_in_token_already_used_code:
        'Este enlace ya se ha usado, y cada enlace sirve una sola vez. Pida uno nuevo o inicie sesión de otra forma.',
      sign_in_token_revoked_code:
        'Quien envió este enlace lo ha retirado. Pida uno nuevo o inicie sesión de otra forma.',
      sign_in_token_cannot_be_used_code:
        'Este enlace es de una cuenta que ya no se puede usar. Inicie sesión con otra cuenta.',
      actor_token_already_used_code:
        'Este enlace ya se ha usado, y cada enlace sirve una sola vez. Pida uno nuevo.',
      actor_token_revoked_code: 'Quien creó este enlace lo ha retirado. Pida uno nuevo.',
      actor_token_subject_not_found:
        'La cuenta de este enlace ya no existe. Contacte con el responsable de este servicio.',
      revoked_invitation: 'Esta invitación se ha retirado. Pida una nueva a quien le invitó.',
      invitation_already_accepted: 'Con esta invitación ya se ha creado una cuenta. Inicie sesión.',
      invitation_account_exists: 'Ya existe una cuenta con esta dirección. Inicie sesión.',
      organization_invitation_revoked_code:
        'Esta invitación se ha retirado. Pida una nueva a quien le invitó.',
      organization_invitation_already_accepted:
        'Esta invitación ya se ha aceptado. Inicie sesión para continuar.',
      organization_invitation_identification_already_exists:
        'Ya existe una cuenta con esta dirección. Inicie sesión para aceptar la invitación.',
      organization_invitation_to_deleted_organization:
        'La organización que le invitó ya no existe. Inicie sesión de otra forma.',
      organization_membership_quota_exceeded:
        'La organización que le invitó está completa. Pídale que haga sitio.',
      session_creation_not_allowed:
        'Aquí está actuando como otra persona. Deténgalo primero y abra de nuevo el enlace.',
      user_banned: 'Esta cuenta está bloqueada. Contacte con el responsable de este servicio.',
      user_locked:
        'Esta cuenta está bloqueada tras demasiados intentos. Espere un rato e inténtelo de nuevo.',
      too_many_requests: 'Demasiados intentos en poco tiempo. Espere un rato e inténtelo de nuevo.',
    },
  },
};
