import { useEntranceMessages } from '../messages/use-entrance-messages.ts';

/** In place of what did not come. */
export function MissingPart() {
  const messages = useEntranceMessages();
  return (
    <p role="alert">
      <button type="button" onClick={() => location.reload()}>
        {messages?.missing}
      </button>
    </p>
  );
}
