import { PageLink } from '../../link/page-link.tsx';
import { Card } from '../../look/card.tsx';
import styles from '../../look/card.module.css';
import { useMessages } from '../../messages/use-messages.ts';
import type { SignUpFlow } from '../flow.ts';

/** The instance takes no sign-ups: why, and where to go instead. */
export function ClosedStep({ notice, signIn }: SignUpFlow) {
  const messages = useMessages();
  const texts = messages.signUp;
  return (
    <Card title={texts.closedTitle}>
      {notice}
      <p className={styles.text}>{texts.closed}</p>
      <PageLink href={signIn.href} look="primary" onFollow={signIn.onFollow}>
        {texts.signIn}
      </PageLink>
    </Card>
  );
}
