import { useState } from 'react';
import type { Session } from '@willcall/browser';
import { Dialog } from '../look/dialog.tsx';
import { MenuButton } from '../menu/menu-button.tsx';
import { fill } from '../messages/fill.ts';
import { useMessages } from '../messages/use-messages.ts';
import { useProvider } from '../provider/context.ts';
import { CreateForm } from './create-form.tsx';
import { SwitcherMenu } from './switcher-menu.tsx';
import styles from './switcher.module.css';
import { useMemberships } from './use-memberships.ts';

interface SwitcherProps {
  readonly session: Session;
  readonly hidePersonal: boolean;
}

/** The button that names the present organization, and its menu. */
export default function Switcher({ session, hidePersonal }: SwitcherProps) {
  const texts = useMessages().organization;
  const own = useMemberships(session.user);
  const id = session.lastActiveOrganizationId;
  const present = own.memberships?.find(({ organization }) => organization.id === id);
  // Empty until the name is known, so that no wrong one is shown for a moment.
  const unnamed = id === undefined ? texts.personal : '…';
  const name = present?.organization.name ?? unnamed;
  // Where nobody goes on alone, none is chosen yet.
  const isNone = id === undefined && hidePersonal;
  const face = (
    <>
      <span className={styles.name}>{isNone ? texts.label : name}</span>
      <span className={styles.arrow} aria-hidden="true" />
    </>
  );
  const [isCreating, setCreating] = useState(false);
  const { willcall } = useProvider();

  async function takeUp(organization: string) {
    await willcall.setActive({ session, organization });
    own.reload();
    setCreating(false);
  }
  return (
    <>
      <MenuButton
        label={isNone ? texts.label : fill(texts.open, { name })}
        className={styles.button}
        face={face}
      >
        {(menu) => (
          <SwitcherMenu
            {...{ session, hidePersonal, own }}
            {...menu}
            onCreate={session.user.createOrganizationEnabled ? () => setCreating(true) : undefined}
          />
        )}
      </MenuButton>
      {isCreating ? (
        <Dialog title={texts.createTitle} onCancel={() => setCreating(false)}>
          <CreateForm user={session.user} onCreated={takeUp} onCancel={() => setCreating(false)} />
        </Dialog>
      ) : null}
    </>
  );
}
