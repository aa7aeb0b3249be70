import type { Texts } from './texts.ts';

export const texts: Texts = {
  home: 'Accueil',
  development: 'développement',
  foot: 'Propulsé par Willcall. Sans lien avec Clerk ni approbation de sa part ; ce nom n’est utilisé que pour indiquer la compatibilité.',
  homeTitle: 'Accueil',
  noAnswer: 'Aucune réponse du serveur',
  noAnswerText: 'Vérifiez qu’il fonctionne, puis ouvrez de nouveau cette page.',
  missing: 'Une partie de cette page manque',
  reload: 'Recharger la page',
  signedInTitle: 'Vous êtes connecté',
  signedInAs: 'En tant que {name}',
  goOn: 'Continuer vers {application}',
  manage: 'Gérer le compte',
  signOut: 'Se déconnecter',
  signedOutTitle: 'Vous n’êtes pas connecté',
  signedOutText:
    'Connectez-vous pour continuer vers {application}. Un lien de connexion reçu par e-mail fait de même : ouvrez-le et vous êtes connecté.',
  signIn: 'Se connecter',
  signUp: 'Créer un compte',
  lostTitle: 'Page introuvable',
  lostHeading: 'Il n’y a pas de page ici',
  lostText:
    'L’adresse est peut-être mal écrite, ou coupée s’il s’agissait d’un lien. Ouvrez de nouveau le lien entier ou repartez de l’accueil.',
  homePage: 'Page d’accueil',
  account: 'Votre compte',
};
