import { accountNoticeMail, signUpCodeMail } from '../mail/messages.ts';
import { normalizeIdentifier } from '../user/email-address.ts';
import { emailAddressesOf, nobodyId, type User } from '../user/user.ts';
import { isFixedCodeAddress, newCode } from '../verification/code.ts';
import { newSecret, type World } from '../world.ts';

/** How long a person is left alone after a mail that says that there is an account. Milliseconds. */
const noticePause = 3_600_000;

/**
 * Sends the code of a sign-up where no answer may tell whether the address is taken. The
 * holder of a taken one is told so by mail, once an hour at most, and answers a code that
 * nobody can type. The statements are the same; nobody waits for the mail.
 */
export async function sendClaimedCode(world: World, emailAddress: string): Promise<string> {
  const code = newCode(world, emailAddress);
  const holder = await world.store.users.findByIdentification('email_address', emailAddress);
  const at = world.clock.now();
  const terms = { at, quietSince: at - noticePause };
  const isNotified = await world.store.users.takeAccountNotice(holder?.id ?? nobodyId, terms);
  const { applicationName, signInUrl } = world.instance.settings;
  if (!holder) {
    if (!isFixedCodeAddress(world, emailAddress))
      world.mailer.post(signUpCodeMail(applicationName, emailAddress, code));
    return code;
  }
  const link = signInUrl ?? `${world.instance.publicUrl}/sign-in`;
  const to = addressOf(holder, emailAddress);
  if (isNotified) world.mailer.post(accountNoticeMail(applicationName, to, link));
  return newSecret(world);
}

/** The address as its holder wrote it: a mail server may tell capital letters apart. */
function addressOf(holder: User, typed: string): string {
  const key = normalizeIdentifier(typed);
  const own = emailAddressesOf(holder).find(({ value }) => normalizeIdentifier(value) === key);
  return own?.value ?? typed;
}
