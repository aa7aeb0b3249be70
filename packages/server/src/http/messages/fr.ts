import type { PageMessages } from './page-messages.ts';

export const fr: PageMessages = {
  language: 'fr',
  direction: 'ltr',
  noScript: 'Cette page a besoin de JavaScript pour vous connecter.',
  foreignAddress: {
    title: 'Cette adresse n’est pas autorisée',
    text: 'Le lien devait vous conduire à un endroit que ce service ne connaît pas. Vous pouvez fermer cette page.',
  },
  signInOver: {
    title: 'Cette connexion ne peut pas continuer ici',
    text: 'Elle est déjà terminée, a duré trop longtemps ou a commencé dans un autre navigateur. Retournez à l’application et recommencez.',
  },
  link: {
    foot: 'Propulsé par Willcall. Sans lien avec Clerk ni approbation de sa part ; ce nom n’est utilisé que pour indiquer la compatibilité.',
    title: 'Se connecter en tant que {account} ?',
    actTitle: 'Agir en tant que {account} ?',
    createTitle: 'Créer un compte pour {account} ?',
    explain:
      'Votre lien vous connecte à {application}. Appuyez sur le bouton pour continuer ; rien ne se passe avant.',
    explainCreate:
      'Votre invitation crée un compte sur {application} et vous connecte. Appuyez sur le bouton pour continuer ; rien ne se passe avant.',
    explainOther:
      'Dans ce navigateur, {other} est connecté à {application}. Votre lien est pour un autre compte, {account}.',
    continue: 'Continuer',
    cancel: 'Annuler',
    switch: 'Se déconnecter et continuer en tant que {account}',
    add: 'Ajouter {account}',
    stay: 'Rester en tant que {other}',
    stayGood: 'Votre lien reste valable si vous restez.',
    refusedTitle: 'Ce lien ne mène pas plus loin',
    newLink: 'Demander un nouveau lien',
    otherWay: 'Se connecter autrement',
    contact: 'Besoin d’aide ? Écrivez à {address}.',
    over: 'Cette page est restée ouverte trop longtemps, ou un autre lien a été ouvert depuis. Ouvrez à nouveau votre lien.',
    refusals: {
      ticket_invalid_code:
        'Ce lien n’est pas valable. Il a peut-être été coupé : ouvrez de nouveau le lien entier ou demandez-en un autre.',
      ticket_expired_code: 'Ce lien a expiré. Demandez-en un nouveau ou connectez-vous autrement.',
      ticket_continuation_expired:
        'Cette étape a duré trop longtemps ou a commencé dans un autre navigateur. Ouvrez à nouveau votre lien.',
      ticket_wrong_browser:
        'Ce lien ne fonctionne que dans le navigateur où il a été demandé. Ouvrez-le là-bas ou demandez-en un nouveau ici.',
      sign_in_token_already_used_code:
        'Ce lien a déjà été utilisé, et chaque lien ne sert qu’une fois. Demandez-en un nouveau ou connectez-vous autrement.',
      sign_in_token_revoked_code:
        'Ce lien a été retiré par son expéditeur. Demandez-en un nouveau ou connectez-vous autrement.',
      sign_in_token_cannot_be_used_code:
        'Ce lien correspond à un compte qui ne peut plus être utilisé. Connectez-vous avec un autre compte.',
      actor_token_already_used_code:
        'Ce lien a déjà été utilisé, et chaque lien ne sert qu’une fois. Demandez-en un nouveau.',
      actor_token_revoked_code:
        'Ce lien a été retiré par la personne qui l’a créé. Demandez-en un nouveau.',
      actor_token_subject_not_found:
        'Le compte de ce lien n’existe plus. Contactez le responsable de ce service.',
      revoked_invitation:
        'Cette invitation a été retirée. Demandez-en une nouvelle à la personne qui vous a invité.',
      invitation_already_accepted:
        'Un compte a déjà été créé avec cette invitation. Connectez-vous.',
      invitation_account_exists: 'Un compte existe déjà avec cette adresse. Connectez-vous.',
      organization_invitation_revoked_code:
        'Cette invitation a été retirée. Demandez-en une nouvelle à la personne qui vous a invité.',
      organization_invitation_already_accepted:
        'Cette invitation a déjà été acceptée. Connectez-vous pour continuer.',
      organization_invitation_identification_already_exists:
        'Un compte existe déjà avec cette adresse. Connectez-vous pour accepter l’invitation.',
      organization_invitation_to_deleted_organization:
        'L’organisation qui vous a invité n’existe plus. Connectez-vous autrement.',
      organization_membership_quota_exceeded:
        'L’organisation qui vous a invité est complète. Demandez-lui de libérer une place.',
      session_creation_not_allowed:
        'Vous agissez ici au nom de quelqu’un d’autre. Arrêtez d’abord, puis ouvrez de nouveau le lien.',
      user_banned: 'Ce compte est bloqué. Contactez le responsable de ce service.',
      user_locked:
        'Ce compte est verrouillé après trop de tentatives. Patientez un peu, puis réessayez.',
      too_many_requests: 'Trop de tentatives en peu de temps. Patientez un moment, puis réessayez.',
    },
  },
};
