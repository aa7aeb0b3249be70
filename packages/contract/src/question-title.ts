import type { TicketQuestionJSON } from './error-codes.ts';

/** Which sentence asks: whether to sign in, to act for somebody, or to make an account. */
export function questionTitle(question: TicketQuestionJSON): 'title' | 'actTitle' | 'createTitle' {
  if (question.is_sign_up) return 'createTitle';
  return question.is_impersonation ? 'actTitle' : 'title';
}
