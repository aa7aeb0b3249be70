import type { RestOfMessages } from '../messages.ts';

export const rest: RestOfMessages = {
  contact: '¿Necesita ayuda? Escriba a {address}.',
  continue: 'Continuar',
  back: 'Atrás',
  cancel: 'Cancelar',
  unsupported: 'Esta cuenta requiere otro paso ({step}) que esta página aún no conoce.',
  show: 'Mostrar',
  hide: 'Ocultar',
  showPassword: 'Mostrar la contraseña',
  hidePassword: 'Ocultar la contraseña',
  emailAddress: 'Correo electrónico',
  password: 'Contraseña',
  newPassword: 'Nueva contraseña',
  code: 'Código de seis cifras',
  backupCode: 'Código de respaldo',
  optional: 'opcional',

  ticket: {
    refused: 'Su enlace no ha funcionado',
    newLink: 'Pedir un enlace nuevo',
    acceptBySigningIn: 'Iniciar sesión para aceptar',
    acceptBySigningUp: 'Crear una cuenta para aceptar',
    unsupported:
      'Su enlace requiere otro paso ({status}) que esta página aún no conoce. Inicie sesión de otra forma.',
  },

  asking: {
    title: '¿Iniciar sesión como {account}?',
    actTitle: '¿Actuar como {account}?',
    createTitle: '¿Crear una cuenta para {account}?',
    explain:
      'Su enlace inicia sesión en {application}. Pulse el botón para continuar; antes no ocurre nada.',
    explainCreate:
      'Su invitación crea una cuenta en {application} e inicia la sesión. Pulse el botón para continuar; antes no ocurre nada.',
    explainOther:
      'En este navegador, {other} ha iniciado sesión en {application}. Su enlace es para otra cuenta, {account}.',
    notMe: 'No soy yo',
    switch: 'Cerrar sesión y continuar como {account}',
    add: 'Añadir {account}',
    stay: 'Seguir como {other}',
    stayGood: 'Su enlace sigue siendo válido si no cambia.',
  },

  signIn: {
    signedInTitle: 'Ha iniciado sesión',
    signedInAs: 'Ha iniciado sesión como {name}.',
    subtitle: 'para continuar a {application}',
    notSignedUp: '¿Aún no tiene cuenta?',
    signUp: 'Crear una cuenta',
    passwordTitle: 'Su contraseña',
    codeTitle: 'Revise su correo',
    codeSubtitle: 'Hemos enviado un código, válido durante diez minutos, a {address}',
    codeUntoldSubtitle:
      'Si hay una cuenta con esta dirección, un código, válido durante diez minutos, va en camino a {address}',
    otherAccount: 'Usar otra cuenta',
    otherMethod: 'Usar otro método',
    methodsTitle: 'Elija un método',
    usePassword: 'Usar su contraseña',
    useCode: 'Enviar un código a {address}',
    forgot: '¿Ha olvidado su contraseña?',
    resendCode: 'Enviar un código nuevo',
    codeSentUntold: 'Si hay algo que enviar, va en camino. Un código anterior ya no funciona.',
    codeSent: 'Le hemos enviado un código nuevo. El anterior ya no sirve.',
    resetTitle: 'Una contraseña nueva',
    resetSubtitle:
      'Antes de elegir una contraseña nueva, introduzca el código que enviamos a {address}',
    newPasswordTitle: 'Elija una contraseña nueva',
    newPasswordSubtitle: 'La anterior dejará de funcionar de inmediato.',
    setPassword: 'Guardar e iniciar sesión',
    signOutElsewhere: 'Cerrar mis demás sesiones',
    useConnection: 'Continuar con {name}',
    connectionFallback: 'su organización',
    connectionTitle: 'Continúe en su organización',
    connectionSubtitle: 'Ella le conoce y nos confirma quién es.',
    connectionsTitle: '¿Qué organización?',
    connectionsSubtitle: 'Elija aquella con la que inicia sesión.',
    connectionLeft: 'Ha vuelto antes de que su organización le diera acceso. Inténtelo de nuevo.',
    secondFactorTitle: 'Un paso más',
    secondFactorSubtitle: 'Introduzca el código que muestra su aplicación de autenticación.',
    useBackupCode: 'Usar un código de respaldo',
    useAuthenticator: 'Usar la aplicación de autenticación',
    backupCodeTitle: 'Usar un código de respaldo',
    backupCodeSubtitle:
      'Uno de los códigos que guardó al configurar el segundo paso. Sirve una sola vez.',
    clientTrustTitle: '¿Es usted?',
    clientTrustSubtitle:
      'Este navegador es nuevo para su cuenta. Hemos enviado un código, válido durante diez minutos, a {address}',
    startAgain: 'Empezar de nuevo',
    noSecondFactor:
      'Ningún segundo paso de esta cuenta es posible aquí. Escriba al responsable de este servicio.',
    noMethod: 'Esta cuenta no tiene ningún método que sirva aquí. Pida un enlace de acceso.',
  },

  signUp: {
    title: 'Crear una cuenta',
    subtitle: 'para {application}',
    passwordHint: 'Al menos {length} caracteres.',
    submit: 'Crear la cuenta',
    signedUp: '¿Ya tiene una cuenta?',
    signIn: 'Iniciar sesión',
    verifyTitle: 'Confirme su dirección',
    verifySubtitle: 'Hemos enviado un código, válido durante diez minutos, a {address}',
    verifyUntoldSubtitle:
      'Escribimos a {address}: un código, válido durante diez minutos, o, si ya hay una cuenta con esta dirección, cómo iniciar sesión.',
    otherAddress: 'Usar otra dirección',
    invitedTitle: 'Acepte su invitación',
    invitedAddress: 'Su invitación es para esta dirección.',
    username: 'Nombre de usuario',
    closedTitle: 'Registro cerrado',
    closed: 'Las cuentas nuevas se crean solo por invitación. Pida una invitación o inicie sesión.',
  },

  userButton: {
    signOut: 'Cerrar sesión',
    open: 'Cuenta de {name}',
    profile: 'Gestionar la cuenta',
    menu: 'Cuenta',
  },

  task: {
    title: 'Ya casi está',
    subtitle: 'Elija la organización en la que desea continuar. Podrá cambiarla más tarde.',
    none: 'Aún no pertenece a ninguna organización. Pida una invitación y vuelva después.',
    noneYet:
      'Todavía no pertenece a ninguna organización. Cree una, o pida una invitación y vuelva.',
    unsupported: 'Su cuenta requiere otro paso ({task}) que esta página aún no conoce.',
  },

  organization: {
    create: 'Crear una organización',
    createTitle: 'Una organización nueva',
    newName: 'Nombre de la organización',
    label: 'Organización',
    open: 'Organización: {name}. Cambiar',
    personal: 'Cuenta personal',
    menu: 'Organizaciones',
    empty: 'No pertenece a ninguna organización.',
  },

  impersonation: {
    label: 'Acceso en nombre de otra persona',
    acting: '{actor} actúa como {user}.',
    remaining: 'Termina en {time}',
    ended: 'Se ha acabado el tiempo.',
    stop: 'Detener',
    unchangeable:
      'La contraseña y el segundo paso no se pueden cambiar mientras alguien actúa en su nombre.',
  },

  profile: {
    title: 'Su cuenta',
    name: 'Nombre',
    firstName: 'Nombre',
    lastName: 'Apellidos',
    noName: 'Aún sin nombre',
    edit: 'Editar',
    editName: 'Editar su nombre',
    save: 'Guardar',
    nameSaved: 'Su nombre se ha guardado.',
    emailAddresses: 'Direcciones de correo',
    primary: 'Principal',
    unverified: 'Sin confirmar',
    noEmailAddress: 'Esta cuenta no tiene dirección de correo.',
    passwordSection: 'Contraseña',
    hasPassword: 'Tiene una contraseña.',
    noPassword: 'Esta cuenta aún no tiene contraseña.',
    changePassword: 'Cambiar la contraseña',
    setPassword: 'Crear una contraseña',
    currentPassword: 'Contraseña actual',
    signOutElsewhere: 'Cerrar mis demás sesiones',
    passwordSaved: 'Su contraseña se ha cambiado.',
    secondFactor: 'Segundo paso',
    hasTotp: 'Al iniciar sesión se le pide una aplicación de autenticación.',
    noTotp: 'Su contraseña o un enlace bastan para iniciar sesión.',
    addTotp: 'Configurar una aplicación de autenticación',
    removeTotp: 'Quitar',
    removeTotpLabel: 'Quitar la aplicación de autenticación',
    removeTotpQuestion:
      'Sin la aplicación, su contraseña o un enlace bastan para iniciar sesión. ¿Quitarla?',
    totpRemoved: 'La aplicación de autenticación se ha quitado.',
    totpAdded: 'La aplicación de autenticación está configurada.',
    totpScan: 'Escanee esto con su aplicación de autenticación e introduzca el código que muestra.',
    totpImage: 'Código QR para su aplicación de autenticación',
    totpKey: 'O escriba esta clave en la aplicación:',
    totpUri: 'Abrir la aplicación en este dispositivo',
    confirm: 'Confirmar',
    backupCodes: 'Códigos de respaldo',
    hasBackupCodes: 'Tiene códigos de respaldo.',
    noBackupCodes: 'No tiene códigos de respaldo.',
    newBackupCodes: 'Crear códigos nuevos',
    newBackupCodesHint: 'Los anteriores dejarán de funcionar.',
    backupCodesHint:
      'Cada uno de estos códigos sustituye a la aplicación una vez. Guárdelos donde los encuentre sin ella: solo se muestran ahora.',
    copy: 'Copiar',
    copied: 'Copiado.',
    download: 'Descargar',
    print: 'Imprimir',
    codesKept: 'Los he guardado',
    sessions: 'Dónde tiene sesiones abiertas',
    thisDevice: 'Este dispositivo',
    unknownDevice: 'Dispositivo desconocido',
    browserOn: '{browser} en {device}',
    lastActive: 'Última actividad: {when}',
    signOutDevice: 'Cerrar sesión',
    signOutDeviceNamed: 'Cerrar sesión en {device}',
    deviceSignedOut: 'Se ha cerrado la sesión de ese dispositivo.',
    signOut: 'Cerrar sesión',
    signedOut: 'Ha cerrado la sesión. Inicie sesión para ver su cuenta.',
  },

  freshProof: {
    title: 'Confirme que es usted',
    password: 'Antes de este cambio, escriba su contraseña.',
    code: 'Antes de este cambio, escriba el código que enviamos a {address}. Vale diez minutos.',
    app: 'Antes de este cambio, escriba el código que muestra su aplicación de autenticación.',
    backupCode: 'Antes de este cambio, escriba uno de sus códigos de respaldo. Sirve una sola vez.',
    none: 'Aquí nada más puede confirmar que es usted. Cierre la sesión, vuelva a entrar y haga este cambio en los diez minutos siguientes.',
  },

  errors: {
    ticket_invalid_code:
      'Este enlace no es válido. Puede que esté cortado: abra de nuevo el enlace completo o pida otro.',
    ticket_expired_code: 'Este enlace ha caducado. Pida uno nuevo o inicie sesión de otra forma.',
    sign_in_token_already_used_code:
      'Este enlace ya se ha usado, y cada enlace sirve una sola vez. Pida uno nuevo o inicie sesión de otra forma.',
    sign_in_token_revoked_code:
      'Quien envió este enlace lo ha retirado. Pida uno nuevo o inicie sesión de otra forma.',
    ticket_wrong_browser:
      'Este enlace solo funciona en el navegador desde el que se pidió. Ábralo allí o pida uno nuevo aquí.',
    sign_in_token_cannot_be_used_code:
      'Este enlace es de una cuenta que ya no se puede usar. Inicie sesión con otra cuenta.',
    ticket_confirmation_required:
      'Este enlace debe confirmarse antes. Ábralo de nuevo tal como lo recibió.',
    ticket_continuation_expired:
      'Este paso ha tardado demasiado o empezó en otro navegador. Abra su enlace de nuevo.',
    sign_in_token_not_in_sign_in_code:
      'Este enlace abre una cuenta que ya existe; no puede crear una. Ábralo en la página de inicio de sesión.',
    user_banned: 'Esta cuenta está bloqueada. Contacte con el responsable de este servicio.',
    user_locked:
      'Esta cuenta está bloqueada tras demasiados intentos. Espere un rato e inténtelo de nuevo.',
    actor_token_already_used_code:
      'Este enlace ya se ha usado, y cada enlace sirve una sola vez. Pida uno nuevo.',
    actor_token_revoked_code: 'Quien creó este enlace lo ha retirado. Pida uno nuevo.',
    actor_token_subject_not_found:
      'La cuenta de este enlace ya no existe. Contacte con el responsable de este servicio.',
    session_creation_not_allowed:
      'Aquí está actuando como otra persona. Deténgalo primero y abra de nuevo el enlace.',
    invitation_already_accepted: 'Con esta invitación ya se ha creado una cuenta. Inicie sesión.',
    invitation_account_exists: 'Ya existe una cuenta con esta dirección. Inicie sesión.',
    invitation_account_not_exists: 'Aún no existe una cuenta con esta dirección. Cree una.',
    revoked_invitation: 'Esta invitación se ha retirado. Pida una nueva a quien le invitó.',
    organization_invitation_already_accepted:
      'Esta invitación ya se ha aceptado. Inicie sesión para continuar.',
    organization_invitation_identification_already_exists:
      'Ya existe una cuenta con esta dirección. Inicie sesión para aceptar la invitación.',
    organization_invitation_identification_not_exist:
      'Aún no existe una cuenta con esta dirección. Cree una para aceptar la invitación.',
    organization_invitation_revoked_code:
      'Esta invitación se ha retirado. Pida una nueva a quien le invitó.',
    organization_invitation_not_pending:
      'Esta invitación ya no está abierta. Pida una nueva a quien le invitó.',
    organization_invitation_to_deleted_organization:
      'La organización que le invitó ya no existe. Inicie sesión de otra forma.',
    organization_membership_quota_exceeded:
      'La organización que le invitó está completa. Pídale que haga sitio.',
    sign_up_mode_restricted:
      'Las cuentas nuevas se crean solo por invitación. Pida una invitación o inicie sesión.',
    sign_up_restricted_waitlist:
      'Las cuentas nuevas se crean solo por invitación, y hay lista de espera. Pida una plaza o inicie sesión.',
    session_not_active: 'Su sesión ha terminado. Inicie sesión de nuevo.',
    origin_invalid:
      'Esta página no puede iniciar sesiones: su dirección no está autorizada. Contacte con el responsable de este servicio.',
    form_identifier_not_found:
      'No existe ninguna cuenta con esta dirección. Revise cómo está escrita o cree una cuenta.',
    form_identifier_exists: 'Ya existe una cuenta con esta dirección. Inicie sesión.',
    form_password_incorrect: 'La contraseña no es correcta. Revísela e inténtelo de nuevo.',
    form_password_length_too_short: 'La contraseña es demasiado corta. Elija una más larga.',
    form_password_size_in_bytes_exceeded: 'La contraseña es demasiado larga. Elija una más corta.',
    form_new_password_matches_current: 'Esa es su contraseña actual. Elija una nueva.',
    form_code_incorrect: 'El código no es correcto. Mire el más reciente e inténtelo de nuevo.',
    verification_expired: 'El código ha caducado. Envíe uno nuevo.',
    verification_failed: 'Demasiados códigos incorrectos. Envíe uno nuevo.',
    verification_missing: 'No se espera ningún código. Envíe uno nuevo.',
    sign_in_step_invalid: 'Este inicio de sesión ha terminado. Empiece de nuevo.',
    sign_up_step_invalid: 'Este registro ha terminado. Empiece de nuevo.',
    client_not_found: 'Este navegador ha perdido el hilo. Empiece de nuevo.',
    strategy_for_user_invalid: 'Con esta cuenta no se puede iniciar sesión así. Use otro método.',
    form_param_missing: 'Este dato es necesario. Complételo.',
    form_param_format_invalid: 'El formato no es correcto. Revíselo.',
    authentication_invalid: 'Su sesión ha terminado. Inicie sesión de nuevo.',
  },
};
