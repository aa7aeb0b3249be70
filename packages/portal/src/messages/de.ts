import type { Texts } from './texts.ts';

export const texts: Texts = {
  home: 'Startseite',
  development: 'Entwicklung',
  foot: 'Betrieben mit Willcall. Weder mit Clerk verbunden noch von Clerk unterstützt; der Name steht hier nur, um die Kompatibilität anzugeben.',
  homeTitle: 'Startseite',
  noAnswer: 'Keine Antwort vom Server',
  noAnswerText: 'Prüfen Sie, ob er läuft, und öffnen Sie diese Seite dann erneut.',
  missing: 'Ein Teil dieser Seite fehlt',
  reload: 'Seite neu laden',
  signedInTitle: 'Sie sind angemeldet',
  signedInAs: 'Als {name}',
  goOn: 'Weiter zu {application}',
  manage: 'Konto verwalten',
  signOut: 'Abmelden',
  signedOutTitle: 'Sie sind nicht angemeldet',
  signedOutText:
    'Melden Sie sich an, um zu {application} zu gelangen. Ein Anmeldelink aus Ihrem Postfach tut dasselbe: Öffnen Sie ihn, und Sie sind angemeldet.',
  signIn: 'Anmelden',
  signUp: 'Konto erstellen',
  lostTitle: 'Seite nicht gefunden',
  lostHeading: 'Hier ist keine Seite',
  lostText:
    'Vielleicht ist die Adresse falsch geschrieben, oder ein Link wurde abgeschnitten. Öffnen Sie den ganzen Link noch einmal, oder beginnen Sie auf der Startseite.',
  homePage: 'Zur Startseite',
  account: 'Ihr Konto',
};
