import type { SignInFactor } from '@willcall/browser';
import { ActionLink } from '../../form/action-link.tsx';
import { Form } from '../../form/form.tsx';
import { useSignIn } from '../../hooks/use-sign-in.ts';
import { Card } from '../../look/card.tsx';
import styles from '../../look/card.module.css';
import type { Messages } from '../../messages/messages.ts';
import { fill } from '../../messages/fill.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { useFlow } from '../flow.ts';
import { Account } from './account.tsx';

/** Every way in which this account can sign in here. */
export function MethodsStep() {
  const messages = useMessages();
  const { signIn } = useSignIn();
  const { go, visit, notice, takeOver } = useFlow();
  const texts = messages.signIn;
  const factors = signIn.supportedFirstFactors.filter(({ strategy }) =>
    ['password', 'email_code', 'enterprise_sso'].includes(strategy),
  );
  const heading = headingOf(texts, factors);

  async function use(factor: SignInFactor) {
    const { strategy, emailAddressId } = factor;
    if (isEnterprise(factor)) return visit(factor);
    if (strategy === 'password') return go('password');
    await signIn.prepareFirstFactor({ strategy: 'email_code', emailAddressId });
    go('code');
  }
  function nameOf(factor: SignInFactor) {
    const { strategy, safeIdentifier, enterpriseConnectionName } = factor;
    if (isEnterprise(factor)) {
      const name = enterpriseConnectionName || texts.connectionFallback;
      return fill(texts.useConnection, { name });
    }
    return strategy === 'password'
      ? texts.usePassword
      : fill(texts.useCode, { address: safeIdentifier ?? '' });
  }

  return (
    <Card {...heading}>
      {notice}
      <Account />
      <Form fields={[]} onSubmit={async () => {}} onError={takeOver}>
        {factors.length === 0 ? <p className={styles.text}>{texts.noMethod}</p> : null}
        {factors.map((factor) => (
          <ActionLink key={keyOf(factor)} look="secondary" action={() => use(factor)}>
            {nameOf(factor)}
          </ActionLink>
        ))}
      </Form>
    </Card>
  );
}

/** Whoever can only go to an identity provider chooses a place, and no method. */
function headingOf(texts: Messages['signIn'], factors: readonly SignInFactor[]) {
  if (factors.length === 0 || !factors.every(isEnterprise)) return { title: texts.methodsTitle };
  return factors.length === 1
    ? { title: texts.connectionTitle, subtitle: texts.connectionSubtitle }
    : { title: texts.connectionsTitle, subtitle: texts.connectionsSubtitle };
}

function isEnterprise({ strategy }: SignInFactor): boolean {
  return strategy === 'enterprise_sso';
}

function keyOf({ strategy, emailAddressId, enterpriseConnectionId }: SignInFactor): string {
  return [strategy, emailAddressId, enterpriseConnectionId].join(' ');
}
