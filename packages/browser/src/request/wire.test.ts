import { expect, test } from 'vitest';
import { fromWire, toForm } from './wire.ts';

test('a resource is read in camelCase at every depth, and null is absent', () => {
  const json = {
    first_name: null,
    email_addresses: [{ email_address: 'a@example.com', linked_to: null }],
  };
  expect(fromWire(json)).toEqual({
    firstName: undefined,
    emailAddresses: [{ emailAddress: 'a@example.com', linkedTo: undefined }],
  });
});

test('what belongs to the application stays as it is', () => {
  const json = {
    public_metadata: { seat_row: 'K', no_show: null },
    actor: { sub: 'user_1', on_call: null },
  };
  expect(fromWire(json)).toEqual({
    publicMetadata: { seat_row: 'K', no_show: null },
    actor: { sub: 'user_1', on_call: null },
  });
});

test.each([
  [{ firstName: 'Ada' }, 'first_name=Ada'],
  [{ firstName: undefined, lastName: 'Byron' }, 'last_name=Byron'],
  [{ firstName: null }, 'first_name='],
  [{ signOutOfOtherSessions: false }, 'sign_out_of_other_sessions=false'],
  [{ unsafeMetadata: { seatRow: 'K' } }, 'unsafe_metadata=%7B%22seatRow%22%3A%22K%22%7D'],
  [{ password: ' a+b&c ' }, 'password=+a%2Bb%26c+'],
  [{}, ''],
])('%j is sent as "%s"', (parameters, form) => {
  expect(toForm(parameters).toString()).toBe(form);
});
