import type { User } from '@willcall/browser';
import { useSignOut } from '../destination/use-sign-out.ts';
import { FreshProof } from '../fresh-proof/fresh-proof.tsx';
import { ActionLink } from '../form/action-link.tsx';
import { Form } from '../form/form.tsx';
import { PageLink } from '../link/page-link.tsx';
import { signInLink } from '../link/page-links.ts';
import { Card } from '../look/card.tsx';
import styles from '../look/card.module.css';
import { useMessages } from '../messages/use-messages.ts';
import { useProvider, useSnapshot } from '../provider/context.ts';
import { nameOf } from '../user/name.ts';
import { EmailAddresses } from './email-addresses.tsx';
import { NameSection } from './name-section.tsx';
import { PasswordSection } from './password-section.tsx';
import { SecondFactor } from './second-factor.tsx';
import { Section } from './section.tsx';
import { Sessions } from './sessions.tsx';

/** The account of whoever is signed in; else the way to sign in. */
export default function Profile() {
  const { user } = useSnapshot();
  // What one person has begun is not for the next one.
  return user ? <ProfileCard key={user.id} user={user} /> : <SignedOutCard />;
}

function ProfileCard({ user }: { readonly user: User }) {
  const messages = useMessages();
  const signOut = useSignOut();
  // Whoever acts as this person may not change what proves that it is them.
  const isActedAs = useSnapshot().session?.actor !== undefined;
  const texts = messages.profile;
  return (
    <Card title={texts.title} subtitle={nameOf(user)}>
      <NameSection user={user} />
      <EmailAddresses user={user} />
      {isActedAs ? (
        <Section title={texts.passwordSection}>
          <p className={styles.text}>{messages.impersonation.unchangeable}</p>
        </Section>
      ) : (
        <FreshProof>
          <PasswordSection user={user} />
          <SecondFactor user={user} />
        </FreshProof>
      )}
      <Sessions user={user} />
      <Form fields={[]} onSubmit={async () => {}}>
        <ActionLink look="secondary" action={signOut}>
          {texts.signOut}
        </ActionLink>
      </Form>
    </Card>
  );
}

function SignedOutCard() {
  const { settings } = useProvider();
  const messages = useMessages();
  const { environment } = useSnapshot();
  return (
    <Card title={messages.profile.title}>
      <p className={styles.text}>{messages.profile.signedOut}</p>
      <PageLink href={signInLink(undefined, settings, environment)} look="primary">
        {messages.signIn.title}
      </PageLink>
    </Card>
  );
}
