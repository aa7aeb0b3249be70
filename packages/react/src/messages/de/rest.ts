import type { RestOfMessages } from '../messages.ts';

export const rest: RestOfMessages = {
  contact: 'Brauchen Sie Hilfe? Schreiben Sie an {address}.',
  continue: 'Weiter',
  back: 'Zurück',
  cancel: 'Abbrechen',
  unsupported:
    'Dieses Konto verlangt einen weiteren Schritt ({step}), den diese Seite noch nicht kennt.',
  show: 'Anzeigen',
  hide: 'Verbergen',
  showPassword: 'Passwort anzeigen',
  hidePassword: 'Passwort verbergen',
  emailAddress: 'E-Mail-Adresse',
  password: 'Passwort',
  newPassword: 'Neues Passwort',
  code: 'Sechsstelliger Code',
  backupCode: 'Ersatzcode',
  optional: 'optional',

  ticket: {
    refused: 'Ihr Link hat nicht funktioniert',
    newLink: 'Neuen Link anfordern',
    acceptBySigningIn: 'Anmelden und annehmen',
    acceptBySigningUp: 'Konto erstellen und annehmen',
    unsupported:
      'Ihr Link verlangt einen weiteren Schritt ({status}), den diese Seite noch nicht kennt. Melden Sie sich anders an.',
  },

  asking: {
    title: 'Als {account} anmelden?',
    actTitle: 'Als {account} handeln?',
    createTitle: 'Konto für {account} anlegen?',
    explain:
      'Ihr Link meldet Sie bei {application} an. Drücken Sie die Schaltfläche, um fortzufahren; vorher geschieht nichts.',
    explainCreate:
      'Ihre Einladung legt bei {application} ein Konto an und meldet Sie an. Drücken Sie die Schaltfläche, um fortzufahren; vorher geschieht nichts.',
    explainOther:
      'In diesem Browser ist {other} bei {application} angemeldet. Ihr Link ist für ein anderes Konto, {account}.',
    notMe: 'Das bin ich nicht',
    switch: 'Abmelden und als {account} fortfahren',
    add: '{account} hinzufügen',
    stay: 'Als {other} bleiben',
    stayGood: 'Ihr Link bleibt gültig, wenn Sie bleiben.',
  },

  signIn: {
    signedInTitle: 'Sie sind angemeldet',
    signedInAs: 'Sie sind als {name} angemeldet.',
    subtitle: 'weiter zu {application}',
    notSignedUp: 'Noch kein Konto?',
    signUp: 'Konto erstellen',
    passwordTitle: 'Ihr Passwort',
    codeTitle: 'Sehen Sie in Ihr Postfach',
    codeSubtitle: 'Wir haben einen Code an {address} gesendet. Er gilt zehn Minuten.',
    codeUntoldSubtitle:
      'Wenn es ein Konto mit dieser Adresse gibt, ist ein Code unterwegs zu {address}. Er gilt zehn Minuten.',
    otherAccount: 'Anderes Konto verwenden',
    otherMethod: 'Andere Methode verwenden',
    methodsTitle: 'Methode wählen',
    usePassword: 'Passwort verwenden',
    useCode: 'Code an {address} senden',
    forgot: 'Passwort vergessen?',
    resendCode: 'Neuen Code senden',
    codeSentUntold:
      'Wenn es etwas zu senden gibt, ist es unterwegs. Ein früherer Code gilt nicht mehr.',
    codeSent: 'Ein neuer Code ist unterwegs. Der vorige gilt nicht mehr.',
    resetTitle: 'Ein neues Passwort',
    resetSubtitle:
      'Geben Sie den Code ein, den wir an {address} gesendet haben. Danach wählen Sie ein neues Passwort.',
    newPasswordTitle: 'Neues Passwort wählen',
    newPasswordSubtitle: 'Ihr altes Passwort gilt dann sofort nicht mehr.',
    setPassword: 'Passwort festlegen und anmelden',
    signOutElsewhere: 'Überall sonst abmelden',
    useConnection: 'Weiter mit {name}',
    connectionFallback: 'Ihrer Organisation',
    connectionTitle: 'Weiter bei Ihrer Organisation',
    connectionSubtitle: 'Sie kennt Sie und bestätigt uns, wer Sie sind.',
    connectionsTitle: 'Welche Organisation?',
    connectionsSubtitle: 'Wählen Sie die, bei der Sie sich anmelden.',
    connectionLeft:
      'Sie sind zurückgekehrt, bevor Ihre Organisation Sie angemeldet hat. Versuchen Sie es erneut.',
    secondFactorTitle: 'Noch ein Schritt',
    secondFactorSubtitle: 'Geben Sie den Code ein, den Ihre Authenticator-App anzeigt.',
    useBackupCode: 'Ersatzcode verwenden',
    useAuthenticator: 'Authenticator-App verwenden',
    backupCodeTitle: 'Ersatzcode verwenden',
    backupCodeSubtitle:
      'Einer der Codes, die Sie beim Einrichten des zweiten Schritts aufbewahrt haben. Jeder gilt einmal.',
    clientTrustTitle: 'Sind Sie das?',
    clientTrustSubtitle:
      'Dieser Browser ist neu für Ihr Konto. Wir haben einen Code an {address} gesendet. Er gilt zehn Minuten.',
    startAgain: 'Von vorn beginnen',
    noSecondFactor:
      'Keiner der zweiten Schritte dieses Kontos ist hier möglich. Wenden Sie sich an den Betreiber dieses Dienstes.',
    noMethod:
      'Dieses Konto hat keine Methode, die hier möglich ist. Fordern Sie einen Anmeldelink an.',
  },

  signUp: {
    title: 'Konto erstellen',
    subtitle: 'für {application}',
    passwordHint: 'Mindestens {length} Zeichen.',
    submit: 'Konto erstellen',
    signedUp: 'Haben Sie schon ein Konto?',
    signIn: 'Anmelden',
    verifyTitle: 'Adresse bestätigen',
    verifySubtitle: 'Wir haben einen Code an {address} gesendet. Er gilt zehn Minuten.',
    verifyUntoldSubtitle:
      'Wir schreiben an {address}: einen Code, der zehn Minuten gilt, oder, wenn es mit dieser Adresse schon ein Konto gibt, wie man sich anmeldet.',
    otherAddress: 'Andere Adresse verwenden',
    invitedTitle: 'Einladung annehmen',
    invitedAddress: 'Ihre Einladung gilt für diese Adresse.',
    username: 'Benutzername',
    closedTitle: 'Keine Registrierung',
    closed:
      'Neue Konten gibt es nur auf Einladung. Bitten Sie um eine Einladung, oder melden Sie sich an.',
  },

  userButton: {
    signOut: 'Abmelden',
    open: 'Konto von {name}',
    profile: 'Konto verwalten',
    menu: 'Konto',
  },

  task: {
    title: 'Fast geschafft',
    subtitle: 'Wählen Sie die Organisation, in der Sie weiterarbeiten. Sie können später wechseln.',
    none: 'Sie gehören noch keiner Organisation an. Bitten Sie um eine Einladung, und kommen Sie dann zurück.',
    noneYet:
      'Sie gehören noch keiner Organisation an. Erstellen Sie eine, oder bitten Sie um eine Einladung und kommen Sie wieder.',
    unsupported:
      'Ihr Konto verlangt einen weiteren Schritt ({task}), den diese Seite noch nicht kennt.',
  },

  organization: {
    create: 'Organisation erstellen',
    createTitle: 'Eine neue Organisation',
    newName: 'Name der Organisation',
    label: 'Organisation',
    open: 'Organisation: {name}. Wechseln',
    personal: 'Persönliches Konto',
    menu: 'Organisationen',
    empty: 'Sie gehören keiner Organisation an.',
  },

  impersonation: {
    label: 'Vertretung',
    acting: '{actor} handelt als {user}.',
    remaining: 'Endet in {time}',
    ended: 'Die Zeit ist abgelaufen.',
    stop: 'Beenden',
    unchangeable:
      'Passwort und zweiter Schritt lassen sich nicht ändern, während jemand als Sie handelt.',
  },

  profile: {
    title: 'Ihr Konto',
    name: 'Name',
    firstName: 'Vorname',
    lastName: 'Nachname',
    noName: 'Noch kein Name',
    edit: 'Bearbeiten',
    editName: 'Namen bearbeiten',
    save: 'Speichern',
    nameSaved: 'Ihr Name ist gespeichert.',
    emailAddresses: 'E-Mail-Adressen',
    primary: 'Hauptadresse',
    unverified: 'Nicht bestätigt',
    noEmailAddress: 'Dieses Konto hat keine E-Mail-Adresse.',
    passwordSection: 'Passwort',
    hasPassword: 'Sie haben ein Passwort.',
    noPassword: 'Dieses Konto hat noch kein Passwort.',
    changePassword: 'Passwort ändern',
    setPassword: 'Passwort festlegen',
    currentPassword: 'Aktuelles Passwort',
    signOutElsewhere: 'Überall sonst abmelden',
    passwordSaved: 'Ihr Passwort ist geändert.',
    secondFactor: 'Zweiter Schritt',
    hasTotp: 'Beim Anmelden wird nach Ihrer Authenticator-App gefragt.',
    noTotp: 'Zum Anmelden genügt Ihr Passwort oder ein Link.',
    addTotp: 'Authenticator-App einrichten',
    removeTotp: 'Entfernen',
    removeTotpLabel: 'Authenticator-App entfernen',
    removeTotpQuestion:
      'Ohne die App genügt zum Anmelden Ihr Passwort oder ein Link. App entfernen?',
    totpRemoved: 'Die Authenticator-App ist entfernt.',
    totpAdded: 'Die Authenticator-App ist eingerichtet.',
    totpScan:
      'Scannen Sie dies mit Ihrer Authenticator-App, und geben Sie dann den Code ein, den sie anzeigt.',
    totpImage: 'QR-Code für Ihre Authenticator-App',
    totpKey: 'Oder geben Sie diesen Schlüssel in die App ein:',
    totpUri: 'App auf diesem Gerät öffnen',
    confirm: 'Bestätigen',
    backupCodes: 'Ersatzcodes',
    hasBackupCodes: 'Sie haben Ersatzcodes.',
    noBackupCodes: 'Sie haben keine Ersatzcodes.',
    newBackupCodes: 'Neue Codes erstellen',
    newBackupCodesHint: 'Die bisherigen gelten dann nicht mehr.',
    backupCodesHint:
      'Jeder dieser Codes ersetzt die App einmal. Bewahren Sie sie dort auf, wo Sie sie auch ohne die App finden: Sie werden nur jetzt angezeigt.',
    copy: 'Kopieren',
    copied: 'Kopiert.',
    download: 'Herunterladen',
    print: 'Drucken',
    codesKept: 'Ich habe sie aufbewahrt',
    sessions: 'Wo Sie angemeldet sind',
    thisDevice: 'Dieses Gerät',
    unknownDevice: 'Unbekanntes Gerät',
    browserOn: '{browser} auf {device}',
    lastActive: 'Zuletzt aktiv: {when}',
    signOutDevice: 'Abmelden',
    signOutDeviceNamed: '{device} abmelden',
    deviceSignedOut: 'Das Gerät ist abgemeldet.',
    signOut: 'Abmelden',
    signedOut: 'Sie sind abgemeldet. Melden Sie sich an, um Ihr Konto zu sehen.',
  },

  freshProof: {
    title: 'Bestätigen Sie, dass Sie es sind',
    password: 'Geben Sie vor dieser Änderung Ihr Passwort ein.',
    code: 'Geben Sie vor dieser Änderung den Code ein, den wir an {address} gesendet haben. Er gilt zehn Minuten.',
    app: 'Geben Sie vor dieser Änderung den Code ein, den Ihre Authenticator-App zeigt.',
    backupCode: 'Geben Sie vor dieser Änderung einen Ihrer Ersatzcodes ein. Er gilt einmal.',
    none: 'Sonst kann hier nichts zeigen, dass Sie es sind. Melden Sie sich ab und wieder an, und ändern Sie dies dann innerhalb von zehn Minuten.',
  },

  errors: {
    ticket_invalid_code:
      'Dieser Link ist ungültig. Vielleicht wurde er abgeschnitten: Öffnen Sie den ganzen Link noch einmal, oder fordern Sie einen neuen an.',
    ticket_expired_code:
      'Dieser Link ist abgelaufen. Fordern Sie einen neuen an, oder melden Sie sich anders an.',
    sign_in_token_already_used_code:
      'Dieser Link wurde schon benutzt, und jeder Link gilt nur einmal. Fordern Sie einen neuen an, oder melden Sie sich anders an.',
    sign_in_token_revoked_code:
      'Dieser Link wurde vom Absender zurückgezogen. Fordern Sie einen neuen an, oder melden Sie sich anders an.',
    ticket_wrong_browser:
      'Dieser Link gilt nur in dem Browser, in dem er angefordert wurde. Öffnen Sie ihn dort, oder fordern Sie hier einen neuen an.',
    sign_in_token_cannot_be_used_code:
      'Dieser Link gehört zu einem Konto, das nicht mehr benutzt werden kann. Melden Sie sich mit einem anderen Konto an.',
    ticket_confirmation_required:
      'Dieser Link muss zuerst bestätigt werden. Öffnen Sie ihn noch einmal so, wie Sie ihn bekommen haben.',
    ticket_continuation_expired:
      'Dieser Schritt hat zu lange gedauert oder wurde in einem anderen Browser begonnen. Öffnen Sie Ihren Link noch einmal.',
    sign_in_token_not_in_sign_in_code:
      'Dieser Link gehört zu einem bestehenden Konto und kann keines erstellen. Öffnen Sie ihn auf der Anmeldeseite.',
    user_banned: 'Dieses Konto ist gesperrt. Wenden Sie sich an den Betreiber dieses Dienstes.',
    user_locked:
      'Dieses Konto ist nach zu vielen Versuchen gesperrt. Warten Sie eine Weile und versuchen Sie es dann erneut.',
    actor_token_already_used_code:
      'Dieser Link wurde schon benutzt, und jeder Link gilt nur einmal. Fordern Sie einen neuen an.',
    actor_token_revoked_code:
      'Dieser Link wurde von seinem Ersteller zurückgezogen. Fordern Sie einen neuen an.',
    actor_token_subject_not_found:
      'Das Konto zu diesem Link gibt es nicht mehr. Wenden Sie sich an den Betreiber dieses Dienstes.',
    session_creation_not_allowed:
      'Sie handeln hier gerade als jemand anderes. Beenden Sie das zuerst, und öffnen Sie den Link dann noch einmal.',
    invitation_already_accepted:
      'Mit dieser Einladung wurde schon ein Konto erstellt. Melden Sie sich an.',
    invitation_account_exists: 'Zu dieser Adresse gibt es schon ein Konto. Melden Sie sich an.',
    invitation_account_not_exists:
      'Zu dieser Adresse gibt es noch kein Konto. Erstellen Sie eines.',
    revoked_invitation: 'Diese Einladung wurde zurückgezogen. Bitten Sie um eine neue.',
    organization_invitation_already_accepted:
      'Diese Einladung wurde schon angenommen. Melden Sie sich an, um fortzufahren.',
    organization_invitation_identification_already_exists:
      'Zu dieser Adresse gibt es schon ein Konto. Melden Sie sich an, um die Einladung anzunehmen.',
    organization_invitation_identification_not_exist:
      'Zu dieser Adresse gibt es noch kein Konto. Erstellen Sie eines, um die Einladung anzunehmen.',
    organization_invitation_revoked_code:
      'Diese Einladung wurde zurückgezogen. Bitten Sie um eine neue.',
    organization_invitation_not_pending:
      'Diese Einladung ist nicht mehr offen. Bitten Sie um eine neue.',
    organization_invitation_to_deleted_organization:
      'Die Organisation, die Sie eingeladen hat, gibt es nicht mehr. Melden Sie sich anders an.',
    organization_membership_quota_exceeded:
      'In der Organisation, die Sie eingeladen hat, ist kein Platz mehr frei. Fragen Sie dort nach.',
    sign_up_mode_restricted:
      'Neue Konten gibt es nur auf Einladung. Bitten Sie um eine Einladung, oder melden Sie sich an.',
    sign_up_restricted_waitlist:
      'Neue Konten gibt es nur auf Einladung, und es gibt eine Warteliste. Bitten Sie um einen Platz, oder melden Sie sich an.',
    session_not_active: 'Ihre Sitzung ist beendet. Melden Sie sich erneut an.',
    origin_invalid:
      'Auf dieser Seite kann man sich nicht anmelden, weil ihre Adresse nicht zugelassen ist. Wenden Sie sich an den Betreiber.',
    form_identifier_not_found:
      'Zu dieser Adresse gibt es kein Konto. Prüfen Sie die Schreibweise, oder erstellen Sie ein Konto.',
    form_identifier_exists: 'Zu dieser Adresse gibt es schon ein Konto. Melden Sie sich an.',
    form_password_incorrect: 'Das Passwort ist falsch. Prüfen Sie es und versuchen Sie es erneut.',
    form_password_length_too_short: 'Das Passwort ist zu kurz. Wählen Sie ein längeres.',
    form_password_size_in_bytes_exceeded: 'Das Passwort ist zu lang. Wählen Sie ein kürzeres.',
    form_new_password_matches_current: 'Das ist Ihr jetziges Passwort. Wählen Sie ein neues.',
    form_code_incorrect:
      'Der Code ist falsch. Sehen Sie in der neuesten Nachricht nach und versuchen Sie es erneut.',
    verification_expired: 'Der Code ist abgelaufen. Senden Sie einen neuen.',
    verification_failed: 'Zu viele falsche Codes. Senden Sie einen neuen.',
    verification_missing: 'Es wird kein Code erwartet. Senden Sie einen neuen.',
    sign_in_step_invalid: 'Diese Anmeldung ist beendet. Beginnen Sie von vorn.',
    sign_up_step_invalid: 'Diese Registrierung ist beendet. Beginnen Sie von vorn.',
    client_not_found: 'Die Verbindung zu diesem Browser ging verloren. Beginnen Sie von vorn.',
    strategy_for_user_invalid:
      'Mit diesem Konto kann man sich so nicht anmelden. Verwenden Sie eine andere Methode.',
    form_param_missing: 'Diese Angabe fehlt. Füllen Sie das Feld aus.',
    form_param_format_invalid: 'Diese Angabe hat nicht die richtige Form. Prüfen Sie sie.',
    authentication_invalid: 'Ihre Sitzung ist beendet. Melden Sie sich erneut an.',
  },
};
