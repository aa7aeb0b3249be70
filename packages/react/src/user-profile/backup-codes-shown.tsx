import { useState } from 'react';
import controls from '../look/control.module.css';
import { Note } from '../look/notice.tsx';
import { useMessages } from '../messages/use-messages.ts';
import { useSnapshot } from '../provider/context.ts';
import { printText, saveText } from './keep-text.ts';
import styles from './second-factor.module.css';

interface BackupCodesShownProps {
  readonly codes: readonly string[];
  readonly onKept: () => void;
}

/** Backup codes, the one time that they are shown, with three ways to keep them. */
export function BackupCodesShown({ codes, onKept }: BackupCodesShownProps) {
  const texts = useMessages().profile;
  const { environment } = useSnapshot();
  const [isCopied, setCopied] = useState(false);
  const title = `${environment?.applicationName ?? ''} ${texts.backupCodes}`.trim();
  const text = codes.join('\n');

  function copy() {
    // Without TLS browsers have no clipboard; the codes can be marked and copied by hand.
    navigator.clipboard?.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  }
  return (
    <>
      <p className={styles.text}>{texts.backupCodesHint}</p>
      <ul className={styles.codes} aria-label={texts.backupCodes}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <Note>{isCopied ? texts.copied : null}</Note>
      <div className={styles.buttons}>
        <button type="button" className={controls.link} onClick={copy}>
          {texts.copy}
        </button>
        <button
          type="button"
          className={controls.link}
          onClick={() => saveText(`${title}.txt`, `${title}\n\n${text}\n`)}
        >
          {texts.download}
        </button>
        <button type="button" className={controls.link} onClick={() => printText(title, text)}>
          {texts.print}
        </button>
      </div>
      <button type="button" className={controls.primary} onClick={onKept}>
        {texts.codesKept}
      </button>
    </>
  );
}
