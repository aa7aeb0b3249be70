import { useEffect, useState } from 'react';
import type { Session } from '@willcall/browser';
import { describeError } from '../errors/describe.ts';
import { ErrorNotice } from '../look/notice.tsx';
import { useMessages } from '../messages/use-messages.ts';
import { useProvider } from '../provider/context.ts';
import type { OpenMenu } from '../menu/menu-button.tsx';
import { MenuItems } from '../menu/menu-items.tsx';
import styles from './switcher.module.css';
import type { Memberships } from './use-memberships.ts';

interface SwitcherMenuProps extends OpenMenu {
  readonly session: Session;
  readonly hidePersonal: boolean;
  readonly own: Memberships;
  /** Asks for a new organization; absent where the person may not make one. */
  readonly onCreate: (() => void) | undefined;
}

/** Every organization of the person, the present one marked: a menu of radio items. */
export function SwitcherMenu(props: SwitcherMenuProps) {
  const { session, hidePersonal, own, onCreate, start, onDone } = props;
  const { willcall } = useProvider();
  const messages = useMessages();
  const texts = messages.organization;
  const [failure, setFailure] = useState<unknown>();
  const error = failure ?? own.error;
  const [hasFailed] = useState(own.error !== undefined);
  const { reload } = own;
  useEffect(() => {
    if (hasFailed) reload();
  }, [hasFailed, reload]);
  const choices = choicesOf(own, hidePersonal ? undefined : texts.personal);

  function choose(organization: string | null) {
    willcall.setActive({ session, organization }).then(onDone, setFailure);
  }
  return (
    <div className={styles.panel}>
      {error === undefined ? null : <ErrorNotice>{describeError(messages, error)}</ErrorNotice>}
      {choices.length === 0 ? (
        <p className={styles.empty}>{own.memberships ? texts.empty : messages.loading}</p>
      ) : null}
      <MenuItems label={texts.menu} {...{ start, onDone }}>
        {choices.map(({ id, name }) => (
          <button
            key={id ?? ''}
            type="button"
            role="menuitemradio"
            aria-checked={id === (session.lastActiveOrganizationId ?? null)}
            tabIndex={-1}
            className={styles.item}
            onClick={() => choose(id)}
          >
            {name}
          </button>
        ))}
        {onCreate && own.memberships ? (
          <button
            type="button"
            role="menuitem"
            tabIndex={-1}
            className={`${styles.item} ${styles.create}`}
            onClick={() => {
              onDone();
              onCreate();
            }}
          >
            {texts.create}
          </button>
        ) : null}
      </MenuItems>
    </div>
  );
}

function choicesOf({ memberships = [] }: Memberships, personal: string | undefined) {
  const organizations = memberships.map(({ organization }) => organization);
  return personal === undefined ? organizations : [{ id: null, name: personal }, ...organizations];
}
