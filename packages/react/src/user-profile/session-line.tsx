import type { SessionActivity, UserSession } from '@willcall/browser';
import { ActionLink } from '../form/action-link.tsx';
import type { Messages } from '../messages/messages.ts';
import { fill } from '../messages/fill.ts';
import { useMessages } from '../messages/use-messages.ts';
import { useSnapshot } from '../provider/context.ts';
import { writeAge } from './write-age.ts';
import styles from './profile.module.css';

interface SessionLineProps {
  readonly session: UserSession;
  readonly onEnd: () => Promise<void>;
}

/** One session: its device, when it was used last, and a sign-out unless it is this one. */
export function SessionLine({ session, onEnd }: SessionLineProps) {
  const messages = useMessages();
  const isHere = useSnapshot().session?.id === session.id;
  const texts = messages.profile;
  const device = describeDevice(messages, session.latestActivity);
  const when = writeAge(session.lastActiveAt, Date.now(), messages.language);
  return (
    <li className={styles.line}>
      <span className={styles.value}>
        {device}
        <span className={styles.detail}>
          {[fill(texts.lastActive, { when }), session.latestActivity?.ipAddress]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </span>
      {isHere ? (
        <span className={styles.tag}>{texts.thisDevice}</span>
      ) : (
        <ActionLink action={onEnd} label={fill(texts.signOutDeviceNamed, { device })}>
          {texts.signOutDevice}
        </ActionLink>
      )}
    </li>
  );
}

function describeDevice({ profile }: Messages, activity: SessionActivity | undefined): string {
  const { browserName, deviceType } = activity ?? {};
  if (browserName && deviceType)
    return fill(profile.browserOn, { browser: browserName, device: deviceType });
  return browserName || deviceType || profile.unknownDevice;
}
