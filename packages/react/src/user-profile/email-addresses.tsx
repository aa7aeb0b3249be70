import type { User } from '@willcall/browser';
import { useMessages } from '../messages/use-messages.ts';
import styles from './profile.module.css';
import { Section } from './section.tsx';

/** The e-mail addresses, with what is special about each. */
export function EmailAddresses({ user }: { readonly user: User }) {
  const texts = useMessages().profile;
  const { emailAddresses, primaryEmailAddressId } = user;
  if (emailAddresses.length === 0) {
    return (
      <Section title={texts.emailAddresses}>
        <p className={styles.value}>{texts.noEmailAddress}</p>
      </Section>
    );
  }
  return (
    <Section title={texts.emailAddresses}>
      <ul className={styles.list}>
        {emailAddresses.map(({ id, emailAddress, verification }) => (
          <li key={id} className={styles.line}>
            <span className={styles.value}>{emailAddress}</span>
            {id === primaryEmailAddressId ? (
              <span className={styles.tag}>{texts.primary}</span>
            ) : null}
            {verification?.status === 'verified' ? null : (
              <span className={styles.tag}>{texts.unverified}</span>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
