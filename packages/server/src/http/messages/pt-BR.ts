import type { PageMessages } from './page-messages.ts';

export const ptBR: PageMessages = {
  language: 'pt-BR',
  direction: 'ltr',
  noScript: 'Esta página precisa de JavaScript para você entrar.',
  foreignAddress: {
    title: 'Este endereço não é permitido',
    text: 'O link levaria você a um lugar que este serviço não conhece. Você pode fechar esta página.',
  },
  signInOver: {
    title: 'Este acesso não pode continuar aqui',
    text: 'Ele já foi concluído, demorou demais ou começou em outro navegador. Volte ao aplicativo e comece de novo.',
  },
  link: {
    foot: 'Feito com Willcall. Sem vínculo com a Clerk nem endosso dela; o nome é usado apenas para indicar compatibilidade.',
    title: 'Entrar como {account}?',
    actTitle: 'Agir como {account}?',
    createTitle: 'Criar uma conta para {account}?',
    explain:
      'Seu link entra em {application}. Pressione o botão para continuar; nada acontece antes disso.',
    explainCreate:
      'Seu convite cria uma conta em {application} e faz você entrar. Pressione o botão para continuar; nada acontece antes disso.',
    explainOther:
      'Neste navegador, {other} está em {application}. Seu link é para outra conta, {account}.',
    continue: 'Continuar',
    cancel: 'Cancelar',
    switch: 'Sair e continuar como {account}',
    add: 'Adicionar {account}',
    stay: 'Continuar como {other}',
    stayGood: 'Seu link continua válido se você não trocar.',
    refusedTitle: 'Este link não pode continuar',
    newLink: 'Pedir um novo link',
    otherWay: 'Entrar de outra forma',
    contact: 'Precisa de ajuda? Escreva para {address}.',
    over: 'Esta página ficou aberta tempo demais ou outro link foi aberto depois. Abra seu link de novo.',
    refusals: {
      ticket_invalid_code:
        'Este link não é válido. Ele pode ter sido cortado: abra o link inteiro outra vez ou peça um novo.',
      ticket_expired_code: 'Este link expirou. Peça um novo ou entre de outra forma.',
      ticket_continuation_expired:
        'Esta etapa demorou demais ou começou em outro navegador. Abra seu link de novo.',
      ticket_wrong_browser:
        'Este link só funciona no navegador em que foi pedido. Abra-o lá ou peça um novo aqui.',
      sign_in_token_already_used_code:
        'Este link já foi usado, e cada link funciona uma só vez. Peça um novo ou entre de outra forma.',
      sign_in_token_revoked_code:
        'Este link foi cancelado por quem o enviou. Peça um novo ou entre de outra forma.',
      sign_in_token_cannot_be_used_code:
        'Este link é de uma conta que não pode mais ser usada. Entre com outra conta.',
      actor_token_already_used_code:
        'Este link já foi usado, e cada link funciona uma só vez. Peça um novo.',
      actor_token_revoked_code: 'Este link foi cancelado por quem o criou. Peça um novo.',
      actor_token_subject_not_found:
        'A conta deste link não existe mais. Fale com o responsável por este serviço.',
      revoked_invitation: 'Este convite foi cancelado. Peça um novo a quem convidou você.',
      invitation_already_accepted: 'Este convite já criou uma conta. Entre com ela.',
      invitation_account_exists: 'Já existe uma conta com este endereço. Entre com ela.',
      organization_invitation_revoked_code:
        'Este convite foi cancelado. Peça um novo a quem convidou você.',
      organization_invitation_already_accepted: 'Este convite já foi aceito. Entre para continuar.',
      organization_invitation_identification_already_exists:
        'Já existe uma conta com este endereço. Entre para aceitar o convite.',
      organization_invitation_to_deleted_organization:
        'A organização que convidou você não existe mais. Entre de outra forma.',
      organization_membership_quota_exceeded:
        'A organização que convidou você está lotada. Peça que abram uma vaga.',
      session_creation_not_allowed:
        'Você está agindo como outra pessoa aqui. Encerre isso primeiro e abra o link outra vez.',
      user_banned: 'Esta conta está bloqueada. Fale com o responsável por este serviço.',
      user_locked:
        'Esta conta está bloqueada após muitas tentativas. Aguarde um pouco e tente novamente.',
      too_many_requests: 'Muitas tentativas em pouco tempo. Aguarde um pouco e tente novamente.',
    },
  },
};
