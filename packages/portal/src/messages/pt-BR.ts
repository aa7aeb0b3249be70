import type { Texts } from './texts.ts';

export const texts: Texts = {
  home: 'Início',
  development: 'desenvolvimento',
  foot: 'Feito com Willcall. Sem vínculo com a Clerk nem endosso dela; o nome é usado apenas para indicar compatibilidade.',
  homeTitle: 'Início',
  noAnswer: 'O servidor não respondeu',
  noAnswerText: 'Verifique se ele está em execução e abra esta página outra vez.',
  missing: 'Falta uma parte desta página',
  reload: 'Recarregar a página',
  signedInTitle: 'Você entrou',
  signedInAs: 'Como {name}',
  goOn: 'Continuar em {application}',
  manage: 'Gerenciar conta',
  signOut: 'Sair',
  signedOutTitle: 'Você não entrou',
  signedOutText:
    'Entre para continuar em {application}. Um link de acesso recebido por e-mail faz o mesmo: abra-o e pronto.',
  signIn: 'Entrar',
  signUp: 'Criar uma conta',
  lostTitle: 'Página não encontrada',
  lostHeading: 'Não há nenhuma página aqui',
  lostText:
    'O endereço pode estar errado, ou cortado se era um link. Abra o link inteiro outra vez ou comece pela página inicial.',
  homePage: 'Página inicial',
  account: 'Sua conta',
};
