import controls from '../../look/control.module.css';
import styles from '../../look/form.module.css';
import theme from '../../look/theme.module.css';
import { useSignIn } from '../../hooks/use-sign-in.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { useProvider } from '../../provider/context.ts';
import { useFlow } from '../flow.ts';

/** The account that is signing in, and the way to another one. */
export function Account() {
  const messages = useMessages();
  const { signIn } = useSignIn();
  const { go } = useFlow();
  return (
    <p className={styles.links}>
      <span className={styles.account}>{signIn.identifier}</span>
      <button type="button" className={controls.link} onClick={() => go('')}>
        {messages.signIn.otherAccount}
      </button>
    </p>
  );
}

/** For password managers, which look for the name beside the password. */
export function HiddenIdentifier() {
  const { signIn } = useSignIn();
  return (
    <input
      className={theme.unseen}
      type="text"
      name="username"
      autoComplete="username"
      value={signIn.identifier ?? ''}
      readOnly
      tabIndex={-1}
      aria-hidden="true"
    />
  );
}

/** The way back to the start, below a step that comes after the first proof. */
export function SecondAccount() {
  const messages = useMessages();
  const { willcall } = useProvider();
  const { go } = useFlow();
  function startAgain() {
    willcall.signIn.reset();
    go('');
  }
  return (
    <button type="button" className={controls.link} onClick={startAgain}>
      {messages.signIn.startAgain}
    </button>
  );
}
