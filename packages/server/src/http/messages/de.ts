import type { PageMessages } from './page-messages.ts';

export const de: PageMessages = {
  language: 'de',
  direction: 'ltr',
  noScript: 'Diese Seite braucht JavaScript, um Sie anzumelden.',
  foreignAddress: {
    title: 'Diese Adresse ist nicht zugelassen',
    text: 'Der Link sollte Sie an einen Ort führen, den dieser Dienst nicht kennt. Sie können diese Seite schließen.',
  },
  signInOver: {
    title: 'Diese Anmeldung kann hier nicht fortgesetzt werden',
    text: 'Sie ist schon abgeschlossen, hat zu lange gedauert oder wurde in einem anderen Browser begonnen. Gehen Sie zurück zur Anwendung und beginnen Sie von vorn.',
  },
  link: {
    foot: 'Betrieben mit Willcall. Weder mit Clerk verbunden noch von Clerk unterstützt; der Name steht hier nur, um die Kompatibilität anzugeben.',
    title: 'Als {account} anmelden?',
    actTitle: 'Als {account} handeln?',
    createTitle: 'Konto für {account} anlegen?',
    explain:
      'Ihr Link meldet Sie bei {application} an. Drücken Sie die Schaltfläche, um fortzufahren; vorher geschieht nichts.',
    explainCreate:
      'Ihre Einladung legt bei {application} ein Konto an und meldet Sie an. Drücken Sie die Schaltfläche, um fortzufahren; vorher geschieht nichts.',
    explainOther:
      'In diesem Browser ist {other} bei {application} angemeldet. Ihr Link ist für ein anderes Konto, {account}.',
    continue: 'Weiter',
    cancel: 'Abbrechen',
    switch: 'Abmelden und als {account} fortfahren',
    add: '{account} hinzufügen',
    stay: 'Als {other} bleiben',
    stayGood: 'Ihr Link bleibt gültig, wenn Sie bleiben.',
    refusedTitle: 'Dieser Link führt nicht weiter',
    newLink: 'Neuen Link anfordern',
    otherWay: 'Anders anmelden',
    contact: 'Brauchen Sie Hilfe? Schreiben Sie an {address}.',
    over: 'Diese Seite war zu lange offen, oder es wurde inzwischen ein anderer Link geöffnet. Öffnen Sie Ihren Link noch einmal.',
    refusals: {
      ticket_invalid_code:
        'Dieser Link ist ungültig. Vielleicht wurde er abgeschnitten: Öffnen Sie den ganzen Link noch einmal, oder fordern Sie einen neuen an.',
      ticket_expired_code:
        'Dieser Link ist abgelaufen. Fordern Sie einen neuen an, oder melden Sie sich anders an.',
      ticket_continuation_expired:
        'Dieser Schritt hat zu lange gedauert oder wurde in einem anderen Browser begonnen. Öffnen Sie Ihren Link noch einmal.',
      ticket_wrong_browser:
        'Dieser Link gilt nur in dem Browser, in dem er angefordert wurde. Öffnen Sie ihn dort, oder fordern Sie hier einen neuen an.',
      sign_in_token_already_used_code:
        'Dieser Link wurde schon benutzt, und jeder Link gilt nur einmal. Fordern Sie einen neuen an, oder melden Sie sich anders an.',
      sign_in_token_revoked_code:
        'Dieser Link wurde vom Absender zurückgezogen. Fordern Sie einen neuen an, oder melden Sie sich anders an.',
      sign_in_token_cannot_be_used_code:
        'Dieser Link gehört zu einem Konto, das nicht mehr benutzt werden kann. Melden Sie sich mit einem anderen Konto an.',
      actor_token_already_used_code:
        'Dieser Link wurde schon benutzt, und jeder Link gilt nur einmal. Fordern Sie einen neuen an.',
      actor_token_revoked_code:
        'Dieser Link wurde von seinem Ersteller zurückgezogen. Fordern Sie einen neuen an.',
      actor_token_subject_not_found:
        'Das Konto zu diesem Link gibt es nicht mehr. Wenden Sie sich an den Betreiber dieses Dienstes.',
      revoked_invitation: 'Diese Einladung wurde zurückgezogen. Bitten Sie um eine neue.',
      invitation_already_accepted:
        'Mit dieser Einladung wurde schon ein Konto erstellt. Melden Sie sich an.',
      invitation_account_exists: 'Zu dieser Adresse gibt es schon ein Konto. Melden Sie sich an.',
      organization_invitation_revoked_code:
        'Diese Einladung wurde zurückgezogen. Bitten Sie um eine neue.',
      organization_invitation_already_accepted:
        'Diese Einladung wurde schon angenommen. Melden Sie sich an, um fortzufahren.',
      organization_invitation_identification_already_exists:
        'Zu dieser Adresse gibt es schon ein Konto. Melden Sie sich an, um die Einladung anzunehmen.',
      organization_invitation_to_deleted_organization:
        'Die Organisation, die Sie eingeladen hat, gibt es nicht mehr. Melden Sie sich anders an.',
      organization_membership_quota_exceeded:
        'In der Organisation, die Sie eingeladen hat, ist kein Platz mehr frei. Fragen Sie dort nach.',
      session_creation_not_allowed:
        'Sie handeln hier gerade als jemand anderes. Beenden Sie das zuerst, und öffnen Sie den Link dann noch einmal.',
      user_banned: 'Dieses Konto ist gesperrt. Wenden Sie sich an den Betreiber dieses Dienstes.',
      user_locked:
        'Dieses Konto ist nach zu vielen Versuchen gesperrt. Warten Sie eine Weile und versuchen Sie es dann erneut.',
      too_many_requests:
        'Zu viele Versuche in kurzer Zeit. Warten Sie eine Weile und versuchen Sie es erneut.',
    },
  },
};
