import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { SessionVerification } from '@willcall/browser';
import { useSignOut } from '../destination/use-sign-out.ts';
import { ActionLink } from '../form/action-link.tsx';
import { CodeField } from '../form/code-field.tsx';
import { BackupCodeField } from '../form/backup-code-field.tsx';
import { Form } from '../form/form.tsx';
import { PasswordField } from '../form/password-field.tsx';
import { fill } from '../messages/fill.ts';
import { useMessages } from '../messages/use-messages.ts';
import styles from '../look/dialog.module.css';

interface ProofFormProps {
  readonly verification: SessionVerification;
  readonly cancel: ReactNode;
  readonly onProved: () => void;
}

type Strategy = 'password' | 'email_code' | 'totp' | 'backup_code';

/** One way to prove it, with the way to each other one. */
export function ProofForm({ verification, cancel, onProved }: ProofFormProps) {
  const messages = useMessages();
  const offered = offeredOf(verification);
  const [chosen, setChosen] = useState<Strategy | undefined>(
    // Nobody is sent a code unasked.
    offered.find((each) => each !== 'email_code'),
  );
  const address = verification.supportedFirstFactors.find(
    ({ strategy }) => strategy === 'email_code',
  )?.safeIdentifier;

  async function choose(strategy: Strategy) {
    if (strategy === 'email_code') await verification.prepareFirstFactor({ strategy });
    setChosen(strategy);
  }
  async function prove(values: FormData) {
    if (!chosen) return;
    await attempt(verification, chosen, values);
    onProved();
  }
  const names = {
    password: messages.signIn.usePassword,
    email_code: fill(messages.signIn.useCode, { address: address ?? '' }),
    totp: messages.signIn.useAuthenticator,
    backup_code: messages.signIn.useBackupCode,
  };
  const others = offered.filter((each) => each !== chosen);
  const links = others.map((strategy) => (
    <ActionLink key={strategy} look={chosen ? 'link' : 'secondary'} action={() => choose(strategy)}>
      {names[strategy]}
    </ActionLink>
  ));
  const frame = useRef<HTMLDivElement>(null);
  // What had the focus is gone, or was there before this form.
  useEffect(() => frame.current?.querySelector('input')?.focus(), [chosen]);
  if (offered.length === 0) return <SignInAgain cancel={cancel} />;
  if (!chosen) {
    return (
      <Form fields={[]} onSubmit={async () => {}}>
        {links}
        {cancel}
      </Form>
    );
  }
  return (
    <div ref={frame}>
      <Form
        key={chosen}
        fields={['password', 'code']}
        submit={messages.continue}
        beside={cancel}
        links={links.length > 0 ? links : undefined}
        onSubmit={prove}
      >
        <ProofField strategy={chosen} address={address ?? ''} />
      </Form>
    </div>
  );
}

function ProofField({ strategy, address }: { strategy: Strategy; address: string }) {
  const messages = useMessages();
  const texts = messages.freshProof;
  if (strategy === 'password') {
    return (
      <>
        <p className={styles.text}>{texts.password}</p>
        <PasswordField name="password" label={messages.password} autoComplete="current-password" />
      </>
    );
  }
  if (strategy === 'backup_code') {
    return (
      <>
        <p className={styles.text}>{texts.backupCode}</p>
        <BackupCodeField />
      </>
    );
  }
  const text = strategy === 'totp' ? texts.app : fill(texts.code, { address });
  return (
    <>
      <p className={styles.text}>{text}</p>
      <CodeField />
    </>
  );
}

/** Nothing is offered to whoever signs in at a company, or by links alone. */
function SignInAgain({ cancel }: { readonly cancel: ReactNode }) {
  const messages = useMessages();
  const signOut = useSignOut();
  return (
    <Form fields={[]} onSubmit={async () => {}}>
      <p className={styles.text}>{messages.freshProof.none}</p>
      <ActionLink look="secondary" action={signOut}>
        {messages.profile.signOut}
      </ActionLink>
      {cancel}
    </Form>
  );
}

function offeredOf({
  supportedFirstFactors,
  supportedSecondFactors,
}: SessionVerification): readonly Strategy[] {
  const known: readonly Strategy[] = ['password', 'email_code', 'totp', 'backup_code'];
  const factors = [...supportedFirstFactors, ...supportedSecondFactors];
  return known.filter((each) => factors.some(({ strategy }) => strategy === each));
}

function attempt(verification: SessionVerification, strategy: Strategy, values: FormData) {
  const password = String(values.get('password'));
  const code = String(values.get('code')).trim();
  if (strategy === 'password') return verification.attemptFirstFactor({ strategy, password });
  if (strategy === 'email_code') return verification.attemptFirstFactor({ strategy, code });
  return verification.attemptSecondFactor({ strategy, code });
}
