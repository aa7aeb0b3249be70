import { useTexts } from '../messages/use-texts.ts';
import styles from '../look/sheet.module.css';

/** Loads the page again: browsers do not ask a second time for a module that did not come. */
export function ReloadButton() {
  const texts = useTexts();
  return (
    <p className={styles.actions}>
      <button type="button" className={styles.primary} onClick={() => location.reload()}>
        {texts.reload}
      </button>
    </p>
  );
}
