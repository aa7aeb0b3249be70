import controls from '../look/control.module.css';
import { useMessages } from '../messages/use-messages.ts';
import { useSnapshot } from '../provider/context.ts';

/** The way to the address that the operator names for people who need another link, if any. */
export function NewLink() {
  const messages = useMessages();
  const address = useSnapshot().environment?.newLinkUrl;
  if (address === undefined) return null;
  return (
    <a className={controls.secondary} href={address}>
      {messages.ticket.newLink}
    </a>
  );
}
