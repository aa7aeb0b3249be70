import { expect, test } from 'vitest';
import type { WillcallTestingError } from '../failure.ts';
import { requireComplete } from './require-complete.ts';

function failure(act: () => unknown): WillcallTestingError {
  try {
    act();
  } catch (error) {
    return error as WillcallTestingError;
  }
  throw new Error('It did not fail.');
}

test('a complete sign-in gives its session', () => {
  const opened = { sessionId: 'sess_1', userId: 'user_1' };
  expect(requireComplete({ status: 'complete', ...opened }, 'ticket')).toEqual(opened);
});

test.each([
  'needs_identifier',
  'needs_first_factor',
  'needs_second_factor',
  'needs_client_trust',
  'needs_new_password',
])('the status %s is named', (status) => {
  const error = failure(() =>
    requireComplete({ status, sessionId: undefined, userId: undefined }, 'ticket'),
  );
  expect(error).toMatchObject({ code: 'sign_in_incomplete', cause: expect.any(Error) });
  expect(error.message).toContain(status);
});

test('a refusal keeps the code of the server', () => {
  const refusal = { code: 'ticket_expired_code', message: 'The ticket has expired.' };
  const error = failure(() => requireComplete({ refusal }, 'ticket'));
  expect(error).toMatchObject({ code: 'sign_in_refused', cause: { code: 'ticket_expired_code' } });
  expect(error.message).toContain('ticket_expired_code: The ticket has expired.');
  expect(error.message).not.toContain('signOut');
});

test('when somebody else is signed in, the message says what to do', () => {
  const refusal = { code: 'session_exists', message: 'You are signed in.' };
  expect(failure(() => requireComplete({ refusal }, 'ticket')).message).toContain(
    'call signOut({ page }) first',
  );
});
