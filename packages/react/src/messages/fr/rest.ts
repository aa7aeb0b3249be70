import type { RestOfMessages } from '../messages.ts';

export const rest: RestOfMessages = {
  contact: 'Besoin d’aide ? Écrivez à {address}.',
  continue: 'Continuer',
  back: 'Retour',
  cancel: 'Annuler',
  unsupported:
    'Ce compte demande une étape supplémentaire ({step}) que cette page ne connaît pas encore.',
  show: 'Afficher',
  hide: 'Masquer',
  showPassword: 'Afficher le mot de passe',
  hidePassword: 'Masquer le mot de passe',
  emailAddress: 'Adresse e-mail',
  password: 'Mot de passe',
  newPassword: 'Nouveau mot de passe',
  code: 'Code à six chiffres',
  backupCode: 'Code de secours',
  optional: 'facultatif',

  ticket: {
    refused: 'Votre lien n’a pas fonctionné',
    newLink: 'Demander un nouveau lien',
    acceptBySigningIn: 'Se connecter pour accepter',
    acceptBySigningUp: 'Créer un compte pour accepter',
    unsupported:
      'Votre lien demande une étape supplémentaire ({status}) que cette page ne connaît pas encore. Connectez-vous autrement.',
  },

  asking: {
    title: 'Se connecter en tant que {account} ?',
    actTitle: 'Agir en tant que {account} ?',
    createTitle: 'Créer un compte pour {account} ?',
    explain:
      'Votre lien vous connecte à {application}. Appuyez sur le bouton pour continuer ; rien ne se passe avant.',
    explainCreate:
      'Votre invitation crée un compte sur {application} et vous connecte. Appuyez sur le bouton pour continuer ; rien ne se passe avant.',
    explainOther:
      'Dans ce navigateur, {other} est connecté à {application}. Votre lien est pour un autre compte, {account}.',
    notMe: 'Ce n’est pas moi',
    switch: 'Se déconnecter et continuer en tant que {account}',
    add: 'Ajouter {account}',
    stay: 'Rester en tant que {other}',
    stayGood: 'Votre lien reste valable si vous restez.',
  },

  signIn: {
    signedInTitle: 'Vous êtes connecté',
    signedInAs: 'Vous êtes connecté en tant que {name}.',
    subtitle: 'pour continuer vers {application}',
    notSignedUp: 'Pas encore de compte ?',
    signUp: 'Créer un compte',
    passwordTitle: 'Votre mot de passe',
    codeTitle: 'Consultez votre messagerie',
    codeSubtitle: 'Nous avons envoyé un code, valable dix minutes, à {address}',
    codeUntoldSubtitle:
      'S’il existe un compte avec cette adresse, un code, valable dix minutes, est en route vers {address}',
    otherAccount: 'Utiliser un autre compte',
    otherMethod: 'Utiliser une autre méthode',
    methodsTitle: 'Choisir une méthode',
    usePassword: 'Utiliser votre mot de passe',
    useCode: 'Envoyer un code à {address}',
    forgot: 'Mot de passe oublié ?',
    resendCode: 'Envoyer un nouveau code',
    codeSentUntold:
      'S’il y a quelque chose à envoyer, c’est en route. Un code précédent ne fonctionne plus.',
    codeSent: 'Un nouveau code est en route. Le précédent n’est plus valable.',
    resetTitle: 'Un nouveau mot de passe',
    resetSubtitle: 'Avant de choisir un nouveau mot de passe, saisissez le code envoyé à {address}',
    newPasswordTitle: 'Choisir un nouveau mot de passe',
    newPasswordSubtitle: 'L’ancien cessera aussitôt de fonctionner.',
    setPassword: 'Enregistrer et se connecter',
    signOutElsewhere: 'Me déconnecter partout ailleurs',
    useConnection: 'Continuer avec {name}',
    connectionFallback: 'votre organisation',
    connectionTitle: 'Continuer auprès de votre organisation',
    connectionSubtitle: 'Elle vous connaît et nous confirme qui vous êtes.',
    connectionsTitle: 'Quelle organisation ?',
    connectionsSubtitle: 'Choisissez celle avec laquelle vous vous connectez.',
    connectionLeft:
      'Vous êtes revenu avant que votre organisation ne vous ait connecté. Réessayez.',
    secondFactorTitle: 'Encore une étape',
    secondFactorSubtitle: 'Saisissez le code affiché par votre application d’authentification.',
    useBackupCode: 'Utiliser un code de secours',
    useAuthenticator: 'Utiliser l’application d’authentification',
    backupCodeTitle: 'Utiliser un code de secours',
    backupCodeSubtitle:
      'L’un des codes que vous avez conservés en configurant la deuxième étape. Il ne sert qu’une fois.',
    clientTrustTitle: 'Est-ce bien vous ?',
    clientTrustSubtitle:
      'Ce navigateur est nouveau pour votre compte. Nous avons envoyé un code, valable dix minutes, à {address}',
    startAgain: 'Recommencer',
    noSecondFactor:
      'Aucune deuxième étape de ce compte n’est possible ici. Contactez le responsable de ce service.',
    noMethod: 'Ce compte n’a aucune méthode utilisable ici. Demandez un lien de connexion.',
  },

  signUp: {
    title: 'Créer un compte',
    subtitle: 'pour {application}',
    passwordHint: 'Au moins {length} caractères.',
    submit: 'Créer le compte',
    signedUp: 'Vous avez déjà un compte ?',
    signIn: 'Se connecter',
    verifyTitle: 'Confirmer votre adresse',
    verifySubtitle: 'Nous avons envoyé un code, valable dix minutes, à {address}',
    verifyUntoldSubtitle:
      'Nous écrivons à {address} : un code, valable dix minutes, ou, s’il existe déjà un compte avec cette adresse, comment se connecter.',
    otherAddress: 'Utiliser une autre adresse',
    invitedTitle: 'Accepter votre invitation',
    invitedAddress: 'Votre invitation est liée à cette adresse.',
    username: 'Nom d’utilisateur',
    closedTitle: 'Inscriptions fermées',
    closed:
      'Les nouveaux comptes se créent uniquement sur invitation. Demandez une invitation ou connectez-vous.',
  },

  userButton: {
    signOut: 'Se déconnecter',
    open: 'Compte de {name}',
    profile: 'Gérer le compte',
    menu: 'Compte',
  },

  task: {
    title: 'Vous y êtes presque',
    subtitle:
      'Choisissez l’organisation dans laquelle continuer. Vous pourrez en changer plus tard.',
    none: 'Vous n’appartenez encore à aucune organisation. Demandez une invitation, puis revenez.',
    noneYet:
      'Vous n’appartenez encore à aucune organisation. Créez-en une, ou demandez une invitation et revenez.',
    unsupported:
      'Votre compte demande une étape supplémentaire ({task}) que cette page ne connaît pas encore.',
  },

  organization: {
    create: 'Créer une organisation',
    createTitle: 'Une nouvelle organisation',
    newName: 'Nom de l’organisation',
    label: 'Organisation',
    open: 'Organisation : {name}. En changer',
    personal: 'Compte personnel',
    menu: 'Organisations',
    empty: 'Vous n’appartenez à aucune organisation.',
  },

  impersonation: {
    label: 'Accès au nom d’autrui',
    acting: '{actor} agit en tant que {user}.',
    remaining: 'Fin dans {time}',
    ended: 'Le temps est écoulé.',
    stop: 'Arrêter',
    unchangeable:
      'Le mot de passe et la deuxième étape ne peuvent pas être modifiés tant que quelqu’un agit en votre nom.',
  },

  profile: {
    title: 'Votre compte',
    name: 'Nom',
    firstName: 'Prénom',
    lastName: 'Nom de famille',
    noName: 'Pas encore de nom',
    edit: 'Modifier',
    editName: 'Modifier votre nom',
    save: 'Enregistrer',
    nameSaved: 'Votre nom est enregistré.',
    emailAddresses: 'Adresses e-mail',
    primary: 'Principale',
    unverified: 'Non confirmée',
    noEmailAddress: 'Ce compte n’a pas d’adresse e-mail.',
    passwordSection: 'Mot de passe',
    hasPassword: 'Vous avez un mot de passe.',
    noPassword: 'Ce compte n’a pas encore de mot de passe.',
    changePassword: 'Changer le mot de passe',
    setPassword: 'Définir un mot de passe',
    currentPassword: 'Mot de passe actuel',
    signOutElsewhere: 'Me déconnecter partout ailleurs',
    passwordSaved: 'Votre mot de passe est changé.',
    secondFactor: 'Deuxième étape',
    hasTotp: 'Une application d’authentification est demandée lorsque vous vous connectez.',
    noTotp: 'Votre mot de passe ou un lien suffit pour vous connecter.',
    addTotp: 'Configurer une application d’authentification',
    removeTotp: 'Supprimer',
    removeTotpLabel: 'Supprimer l’application d’authentification',
    removeTotpQuestion:
      'Sans l’application, votre mot de passe ou un lien suffit pour vous connecter. La supprimer ?',
    totpRemoved: 'L’application d’authentification est supprimée.',
    totpAdded: 'L’application d’authentification est configurée.',
    totpScan:
      'Scannez ceci avec votre application d’authentification, puis saisissez le code qu’elle affiche.',
    totpImage: 'Code QR pour votre application d’authentification',
    totpKey: 'Ou saisissez cette clé dans l’application :',
    totpUri: 'Ouvrir l’application sur cet appareil',
    confirm: 'Confirmer',
    backupCodes: 'Codes de secours',
    hasBackupCodes: 'Vous avez des codes de secours.',
    noBackupCodes: 'Vous n’avez pas de codes de secours.',
    newBackupCodes: 'Créer de nouveaux codes',
    newBackupCodesHint: 'Les précédents cesseront de fonctionner.',
    backupCodesHint:
      'Chacun de ces codes remplace l’application une fois. Gardez-les là où vous les retrouverez sans elle : ils ne sont affichés que maintenant.',
    copy: 'Copier',
    copied: 'Copié.',
    download: 'Télécharger',
    print: 'Imprimer',
    codesKept: 'Je les ai conservés',
    sessions: 'Où vous êtes connecté',
    thisDevice: 'Cet appareil',
    unknownDevice: 'Appareil inconnu',
    browserOn: '{browser} sur {device}',
    lastActive: 'Dernière activité : {when}',
    signOutDevice: 'Déconnecter',
    signOutDeviceNamed: 'Déconnecter {device}',
    deviceSignedOut: 'Cet appareil est déconnecté.',
    signOut: 'Se déconnecter',
    signedOut: 'Vous êtes déconnecté. Connectez-vous pour voir votre compte.',
  },

  freshProof: {
    title: 'Confirmez que c’est bien vous',
    password: 'Avant cette modification, saisissez votre mot de passe.',
    code: 'Avant cette modification, saisissez le code envoyé à {address}. Il est valable dix minutes.',
    app: 'Avant cette modification, saisissez le code affiché par votre application d’authentification.',
    backupCode:
      'Avant cette modification, saisissez l’un de vos codes de secours. Il ne sert qu’une fois.',
    none: 'Rien d’autre ne peut confirmer ici que c’est vous. Déconnectez-vous, reconnectez-vous, puis faites cette modification dans les dix minutes.',
  },

  errors: {
    ticket_invalid_code:
      'Ce lien n’est pas valable. Il a peut-être été coupé : ouvrez de nouveau le lien entier ou demandez-en un autre.',
    ticket_expired_code: 'Ce lien a expiré. Demandez-en un nouveau ou connectez-vous autrement.',
    sign_in_token_already_used_code:
      'Ce lien a déjà été utilisé, et chaque lien ne sert qu’une fois. Demandez-en un nouveau ou connectez-vous autrement.',
    sign_in_token_revoked_code:
      'Ce lien a été retiré par son expéditeur. Demandez-en un nouveau ou connectez-vous autrement.',
    ticket_wrong_browser:
      'Ce lien ne fonctionne que dans le navigateur où il a été demandé. Ouvrez-le là-bas ou demandez-en un nouveau ici.',
    sign_in_token_cannot_be_used_code:
      'Ce lien correspond à un compte qui ne peut plus être utilisé. Connectez-vous avec un autre compte.',
    ticket_confirmation_required:
      'Ce lien doit d’abord être confirmé. Ouvrez-le à nouveau tel que vous l’avez reçu.',
    ticket_continuation_expired:
      'Cette étape a duré trop longtemps ou a commencé dans un autre navigateur. Ouvrez à nouveau votre lien.',
    sign_in_token_not_in_sign_in_code:
      'Ce lien ouvre un compte existant ; il ne peut pas en créer. Ouvrez-le sur la page de connexion.',
    user_banned: 'Ce compte est bloqué. Contactez le responsable de ce service.',
    user_locked:
      'Ce compte est verrouillé après trop de tentatives. Patientez un peu, puis réessayez.',
    actor_token_already_used_code:
      'Ce lien a déjà été utilisé, et chaque lien ne sert qu’une fois. Demandez-en un nouveau.',
    actor_token_revoked_code:
      'Ce lien a été retiré par la personne qui l’a créé. Demandez-en un nouveau.',
    actor_token_subject_not_found:
      'Le compte de ce lien n’existe plus. Contactez le responsable de ce service.',
    session_creation_not_allowed:
      'Vous agissez ici au nom de quelqu’un d’autre. Arrêtez d’abord, puis ouvrez de nouveau le lien.',
    invitation_already_accepted: 'Un compte a déjà été créé avec cette invitation. Connectez-vous.',
    invitation_account_exists: 'Un compte existe déjà avec cette adresse. Connectez-vous.',
    invitation_account_not_exists: 'Aucun compte n’existe encore avec cette adresse. Créez-en un.',
    revoked_invitation:
      'Cette invitation a été retirée. Demandez-en une nouvelle à la personne qui vous a invité.',
    organization_invitation_already_accepted:
      'Cette invitation a déjà été acceptée. Connectez-vous pour continuer.',
    organization_invitation_identification_already_exists:
      'Un compte existe déjà avec cette adresse. Connectez-vous pour accepter l’invitation.',
    organization_invitation_identification_not_exist:
      'Aucun compte n’existe encore avec cette adresse. Créez-en un pour accepter l’invitation.',
    organization_invitation_revoked_code:
      'Cette invitation a été retirée. Demandez-en une nouvelle à la personne qui vous a invité.',
    organization_invitation_not_pending:
      'Cette invitation n’est plus ouverte. Demandez-en une nouvelle à la personne qui vous a invité.',
    organization_invitation_to_deleted_organization:
      'L’organisation qui vous a invité n’existe plus. Connectez-vous autrement.',
    organization_membership_quota_exceeded:
      'L’organisation qui vous a invité est complète. Demandez-lui de libérer une place.',
    sign_up_mode_restricted:
      'Les nouveaux comptes se créent uniquement sur invitation. Demandez une invitation ou connectez-vous.',
    sign_up_restricted_waitlist:
      'Les nouveaux comptes se créent uniquement sur invitation, et il y a une liste d’attente. Demandez une place ou connectez-vous.',
    session_not_active: 'Votre session est terminée. Connectez-vous de nouveau.',
    origin_invalid:
      'Cette page ne peut pas connecter d’utilisateurs : son adresse n’est pas autorisée. Contactez le responsable de ce service.',
    form_identifier_not_found:
      'Aucun compte n’existe avec cette adresse. Vérifiez l’orthographe ou créez un compte.',
    form_identifier_exists: 'Un compte existe déjà avec cette adresse. Connectez-vous.',
    form_password_incorrect: 'Ce mot de passe est incorrect. Vérifiez-le, puis réessayez.',
    form_password_length_too_short: 'Ce mot de passe est trop court. Choisissez-en un plus long.',
    form_password_size_in_bytes_exceeded:
      'Ce mot de passe est trop long. Choisissez-en un plus court.',
    form_new_password_matches_current: 'C’est votre mot de passe actuel. Choisissez-en un nouveau.',
    form_code_incorrect: 'Ce code est incorrect. Vérifiez le plus récent, puis réessayez.',
    verification_expired: 'Ce code a expiré. Envoyez-en un nouveau.',
    verification_failed: 'Trop de codes incorrects. Envoyez-en un nouveau.',
    verification_missing: 'Aucun code n’est attendu. Envoyez-en un nouveau.',
    sign_in_step_invalid: 'Cette connexion est terminée. Recommencez.',
    sign_up_step_invalid: 'Cette inscription est terminée. Recommencez.',
    client_not_found: 'Ce navigateur a perdu le fil. Recommencez.',
    strategy_for_user_invalid:
      'Ce compte ne peut pas se connecter de cette façon. Utilisez une autre méthode.',
    form_param_missing: 'Ce champ est obligatoire. Remplissez-le.',
    form_param_format_invalid: 'Le format n’est pas correct. Vérifiez votre saisie.',
    authentication_invalid: 'Votre session est terminée. Connectez-vous de nouveau.',
  },
};
