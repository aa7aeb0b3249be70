import type { RestOfMessages } from '../messages.ts';

export const rest: RestOfMessages = {
  contact: 'Precisa de ajuda? Escreva para {address}.',
  continue: 'Continuar',
  back: 'Voltar',
  cancel: 'Cancelar',
  unsupported: 'Esta conta exige mais uma etapa ({step}) que esta página ainda não conhece.',
  show: 'Mostrar',
  hide: 'Ocultar',
  showPassword: 'Mostrar a senha',
  hidePassword: 'Ocultar a senha',
  emailAddress: 'E-mail',
  password: 'Senha',
  newPassword: 'Nova senha',
  code: 'Código de seis dígitos',
  backupCode: 'Código de reserva',
  optional: 'opcional',

  ticket: {
    refused: 'Seu link não funcionou',
    newLink: 'Pedir um novo link',
    acceptBySigningIn: 'Entrar para aceitar',
    acceptBySigningUp: 'Criar uma conta para aceitar',
    unsupported:
      'Seu link exige mais uma etapa ({status}) que esta página ainda não conhece. Entre de outra forma.',
  },

  asking: {
    title: 'Entrar como {account}?',
    actTitle: 'Agir como {account}?',
    createTitle: 'Criar uma conta para {account}?',
    explain:
      'Seu link entra em {application}. Pressione o botão para continuar; nada acontece antes disso.',
    explainCreate:
      'Seu convite cria uma conta em {application} e faz você entrar. Pressione o botão para continuar; nada acontece antes disso.',
    explainOther:
      'Neste navegador, {other} está em {application}. Seu link é para outra conta, {account}.',
    notMe: 'Não sou eu',
    switch: 'Sair e continuar como {account}',
    add: 'Adicionar {account}',
    stay: 'Continuar como {other}',
    stayGood: 'Seu link continua válido se você não trocar.',
  },

  signIn: {
    signedInTitle: 'Você entrou',
    signedInAs: 'Você entrou como {name}.',
    subtitle: 'para continuar em {application}',
    notSignedUp: 'Ainda não tem conta?',
    signUp: 'Criar uma conta',
    passwordTitle: 'Sua senha',
    codeTitle: 'Veja seu e-mail',
    codeSubtitle: 'Enviamos um código, válido por dez minutos, para {address}',
    codeUntoldSubtitle:
      'Se houver uma conta com este endereço, um código, válido por dez minutos, está a caminho de {address}',
    otherAccount: 'Usar outra conta',
    otherMethod: 'Usar outro método',
    methodsTitle: 'Escolha um método',
    usePassword: 'Usar sua senha',
    useCode: 'Enviar um código para {address}',
    forgot: 'Esqueceu a senha?',
    resendCode: 'Enviar um novo código',
    codeSentUntold:
      'Se houver algo a enviar, está a caminho. Um código anterior não funciona mais.',
    codeSent: 'Um novo código foi enviado. O anterior não vale mais.',
    resetTitle: 'Uma nova senha',
    resetSubtitle: 'Antes de escolher uma nova senha, digite o código que enviamos para {address}',
    newPasswordTitle: 'Escolha uma nova senha',
    newPasswordSubtitle: 'A senha antiga deixa de funcionar imediatamente.',
    setPassword: 'Salvar senha e entrar',
    signOutElsewhere: 'Sair de todos os outros dispositivos',
    useConnection: 'Continuar com {name}',
    connectionFallback: 'sua organização',
    connectionTitle: 'Continue na sua organização',
    connectionSubtitle: 'Ela conhece você e nos confirma quem você é.',
    connectionsTitle: 'Qual organização?',
    connectionsSubtitle: 'Escolha aquela com a qual você entra.',
    connectionLeft: 'Você voltou antes que sua organização liberasse o acesso. Tente novamente.',
    secondFactorTitle: 'Só mais uma etapa',
    secondFactorSubtitle: 'Digite o código que seu aplicativo autenticador mostra.',
    useBackupCode: 'Usar um código de reserva',
    useAuthenticator: 'Usar o aplicativo autenticador',
    backupCodeTitle: 'Usar um código de reserva',
    backupCodeSubtitle:
      'Um dos códigos que você guardou ao configurar a segunda etapa. Ele funciona uma vez.',
    clientTrustTitle: 'É você mesmo?',
    clientTrustSubtitle:
      'Este navegador é novo para sua conta. Enviamos um código, válido por dez minutos, para {address}',
    startAgain: 'Começar de novo',
    noSecondFactor:
      'Nenhuma segunda etapa desta conta funciona aqui. Fale com o responsável por este serviço.',
    noMethod: 'Esta conta não tem nenhum método que funcione aqui. Peça um link de acesso.',
  },

  signUp: {
    title: 'Criar uma conta',
    subtitle: 'para {application}',
    passwordHint: 'Pelo menos {length} caracteres.',
    submit: 'Criar conta',
    signedUp: 'Já tem uma conta?',
    signIn: 'Entrar',
    verifyTitle: 'Confirme seu endereço',
    verifySubtitle: 'Enviamos um código, válido por dez minutos, para {address}',
    verifyUntoldSubtitle:
      'Escrevemos para {address}: um código, válido por dez minutos, ou, se já houver uma conta com este endereço, como entrar.',
    otherAddress: 'Usar outro endereço',
    invitedTitle: 'Aceite seu convite',
    invitedAddress: 'Seu convite é para este endereço.',
    username: 'Nome de usuário',
    closedTitle: 'Cadastro fechado',
    closed: 'Novas contas são criadas somente por convite. Peça um convite ou entre.',
  },

  userButton: {
    signOut: 'Sair',
    open: 'Conta de {name}',
    profile: 'Gerenciar conta',
    menu: 'Conta',
  },

  task: {
    title: 'Quase lá',
    subtitle: 'Escolha a organização em que deseja continuar. Você pode mudar depois.',
    none: 'Você ainda não pertence a nenhuma organização. Peça um convite e volte depois.',
    noneYet: 'Você ainda não pertence a nenhuma organização. Crie uma, ou peça um convite e volte.',
    unsupported: 'Sua conta exige mais uma etapa ({task}) que esta página ainda não conhece.',
  },

  organization: {
    create: 'Criar uma organização',
    createTitle: 'Uma nova organização',
    newName: 'Nome da organização',
    label: 'Organização',
    open: 'Organização: {name}. Mudar',
    personal: 'Conta pessoal',
    menu: 'Organizações',
    empty: 'Você não pertence a nenhuma organização.',
  },

  impersonation: {
    label: 'Acesso em nome de outra pessoa',
    acting: '{actor} está agindo como {user}.',
    remaining: 'Termina em {time}',
    ended: 'O tempo acabou.',
    stop: 'Encerrar',
    unchangeable:
      'A senha e a segunda etapa não podem ser alteradas enquanto alguém age em seu nome.',
  },

  profile: {
    title: 'Sua conta',
    name: 'Nome',
    firstName: 'Nome',
    lastName: 'Sobrenome',
    noName: 'Ainda sem nome',
    edit: 'Editar',
    editName: 'Editar seu nome',
    save: 'Salvar',
    nameSaved: 'Seu nome foi salvo.',
    emailAddresses: 'Endereços de e-mail',
    primary: 'Principal',
    unverified: 'Não confirmado',
    noEmailAddress: 'Esta conta não tem endereço de e-mail.',
    passwordSection: 'Senha',
    hasPassword: 'Você tem uma senha.',
    noPassword: 'Esta conta ainda não tem senha.',
    changePassword: 'Alterar senha',
    setPassword: 'Definir uma senha',
    currentPassword: 'Senha atual',
    signOutElsewhere: 'Sair de todos os outros dispositivos',
    passwordSaved: 'Sua senha foi alterada.',
    secondFactor: 'Segunda etapa',
    hasTotp: 'Um aplicativo autenticador é pedido quando você entra.',
    noTotp: 'Sua senha ou um link basta para entrar.',
    addTotp: 'Configurar um aplicativo autenticador',
    removeTotp: 'Remover',
    removeTotpLabel: 'Remover o aplicativo autenticador',
    removeTotpQuestion: 'Sem o aplicativo, sua senha ou um link basta para entrar. Remover?',
    totpRemoved: 'O aplicativo autenticador foi removido.',
    totpAdded: 'O aplicativo autenticador foi configurado.',
    totpScan: 'Leia isto com seu aplicativo autenticador e digite o código que ele mostra.',
    totpImage: 'Código QR para seu aplicativo autenticador',
    totpKey: 'Ou digite esta chave no aplicativo:',
    totpUri: 'Abrir o aplicativo neste dispositivo',
    confirm: 'Confirmar',
    backupCodes: 'Códigos de reserva',
    hasBackupCodes: 'Você tem códigos de reserva.',
    noBackupCodes: 'Você não tem códigos de reserva.',
    newBackupCodes: 'Criar novos códigos',
    newBackupCodesHint: 'Os anteriores deixam de funcionar.',
    backupCodesHint:
      'Cada um destes códigos substitui o aplicativo uma vez. Guarde-os onde possa encontrá-los sem ele: eles são mostrados somente agora.',
    copy: 'Copiar',
    copied: 'Copiado.',
    download: 'Baixar',
    print: 'Imprimir',
    codesKept: 'Já guardei os códigos',
    sessions: 'Onde você está conectado',
    thisDevice: 'Este dispositivo',
    unknownDevice: 'Dispositivo desconhecido',
    browserOn: '{browser} em {device}',
    lastActive: 'Última atividade: {when}',
    signOutDevice: 'Desconectar',
    signOutDeviceNamed: 'Desconectar {device}',
    deviceSignedOut: 'Esse dispositivo foi desconectado.',
    signOut: 'Sair',
    signedOut: 'Você saiu. Entre para ver sua conta.',
  },

  freshProof: {
    title: 'Confirme que é você',
    password: 'Antes desta alteração, digite sua senha.',
    code: 'Antes desta alteração, digite o código que enviamos para {address}. Ele vale por dez minutos.',
    app: 'Antes desta alteração, digite o código que seu aplicativo autenticador mostra.',
    backupCode:
      'Antes desta alteração, digite um de seus códigos de reserva. Ele funciona uma vez.',
    none: 'Nada mais aqui pode confirmar que é você. Saia, entre de novo e faça esta alteração em até dez minutos.',
  },

  errors: {
    ticket_invalid_code:
      'Este link não é válido. Ele pode ter sido cortado: abra o link inteiro outra vez ou peça um novo.',
    ticket_expired_code: 'Este link expirou. Peça um novo ou entre de outra forma.',
    sign_in_token_already_used_code:
      'Este link já foi usado, e cada link funciona uma só vez. Peça um novo ou entre de outra forma.',
    sign_in_token_revoked_code:
      'Este link foi cancelado por quem o enviou. Peça um novo ou entre de outra forma.',
    ticket_wrong_browser:
      'Este link só funciona no navegador em que foi pedido. Abra-o lá ou peça um novo aqui.',
    sign_in_token_cannot_be_used_code:
      'Este link é de uma conta que não pode mais ser usada. Entre com outra conta.',
    ticket_confirmation_required:
      'Este link precisa ser confirmado antes. Abra-o de novo como o recebeu.',
    ticket_continuation_expired:
      'Esta etapa demorou demais ou começou em outro navegador. Abra seu link de novo.',
    sign_in_token_not_in_sign_in_code:
      'Este link entra em uma conta que já existe; ele não cria uma nova. Abra-o na página de entrada.',
    user_banned: 'Esta conta está bloqueada. Fale com o responsável por este serviço.',
    user_locked:
      'Esta conta está bloqueada após muitas tentativas. Aguarde um pouco e tente novamente.',
    actor_token_already_used_code:
      'Este link já foi usado, e cada link funciona uma só vez. Peça um novo.',
    actor_token_revoked_code: 'Este link foi cancelado por quem o criou. Peça um novo.',
    actor_token_subject_not_found:
      'A conta deste link não existe mais. Fale com o responsável por este serviço.',
    session_creation_not_allowed:
      'Você está agindo como outra pessoa aqui. Encerre isso primeiro e abra o link outra vez.',
    invitation_already_accepted: 'Este convite já criou uma conta. Entre com ela.',
    invitation_account_exists: 'Já existe uma conta com este endereço. Entre com ela.',
    invitation_account_not_exists: 'Ainda não existe uma conta com este endereço. Crie uma.',
    revoked_invitation: 'Este convite foi cancelado. Peça um novo a quem convidou você.',
    organization_invitation_already_accepted: 'Este convite já foi aceito. Entre para continuar.',
    organization_invitation_identification_already_exists:
      'Já existe uma conta com este endereço. Entre para aceitar o convite.',
    organization_invitation_identification_not_exist:
      'Ainda não existe uma conta com este endereço. Crie uma para aceitar o convite.',
    organization_invitation_revoked_code:
      'Este convite foi cancelado. Peça um novo a quem convidou você.',
    organization_invitation_not_pending:
      'Este convite não está mais aberto. Peça um novo a quem convidou você.',
    organization_invitation_to_deleted_organization:
      'A organização que convidou você não existe mais. Entre de outra forma.',
    organization_membership_quota_exceeded:
      'A organização que convidou você está lotada. Peça que abram uma vaga.',
    sign_up_mode_restricted:
      'Novas contas são criadas somente por convite. Peça um convite ou entre.',
    sign_up_restricted_waitlist:
      'Novas contas são criadas somente por convite, e há uma lista de espera. Peça uma vaga ou entre.',
    session_not_active: 'Sua sessão terminou. Entre novamente.',
    origin_invalid:
      'Esta página não pode autenticar pessoas: o endereço dela não está autorizado. Fale com o responsável por este serviço.',
    form_identifier_not_found:
      'Não existe uma conta com este endereço. Confira a grafia ou crie uma conta.',
    form_identifier_exists: 'Já existe uma conta com este endereço. Entre com ela.',
    form_password_incorrect: 'A senha está incorreta. Confira e tente novamente.',
    form_password_length_too_short: 'A senha é muito curta. Escolha uma mais longa.',
    form_password_size_in_bytes_exceeded: 'A senha é muito longa. Escolha uma mais curta.',
    form_new_password_matches_current: 'Essa é sua senha atual. Escolha uma nova.',
    form_code_incorrect: 'O código está incorreto. Veja o mais recente e tente novamente.',
    verification_expired: 'O código expirou. Envie um novo.',
    verification_failed: 'Muitos códigos incorretos. Envie um novo.',
    verification_missing: 'Nenhum código está sendo esperado. Envie um novo.',
    sign_in_step_invalid: 'Este acesso terminou. Comece de novo.',
    sign_up_step_invalid: 'Este cadastro terminou. Comece de novo.',
    client_not_found: 'Este navegador perdeu o ponto em que estava. Comece de novo.',
    strategy_for_user_invalid: 'Esta conta não pode entrar dessa forma. Use outro método.',
    form_param_missing: 'Este dado é necessário. Preencha o campo.',
    form_param_format_invalid: 'O formato não está correto. Confira.',
    authentication_invalid: 'Sua sessão terminou. Entre novamente.',
  },
};
