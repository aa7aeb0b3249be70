import { PageLink } from '../../link/page-link.tsx';
import styles from '../../look/form.module.css';
import { useMessages } from '../../messages/use-messages.ts';
import { useFlow } from '../flow.ts';

/** The way for people without an account; nothing where nobody can make one. */
export function SignUpLink() {
  const texts = useMessages().signIn;
  const { signUpHref, onSignUp } = useFlow();
  if (signUpHref === undefined) return null;
  return (
    <p className={styles.links}>
      <span>{texts.notSignedUp}</span>
      <PageLink href={signUpHref} onFollow={onSignUp}>
        {texts.signUp}
      </PageLink>
    </p>
  );
}

/** The same in a later step, where the server tells nobody that an account is missing. */
export function UntoldSignUpLink() {
  const { environment } = useFlow();
  return environment.enumerationProtectionEnabled ? <SignUpLink /> : null;
}
