import { Frame } from '../frame/frame.tsx';
import { useTexts } from '../messages/use-texts.ts';
import styles from '../look/sheet.module.css';

/** For an address that is no page. */
export default function NotFound() {
  const texts = useTexts();
  return (
    <Frame title={texts.lostTitle}>
      <section className={styles.sheet}>
        <h1 className={styles.title}>{texts.lostHeading}</h1>
        <p className={styles.text}>{texts.lostText}</p>
        <p className={styles.actions}>
          <a className={styles.primary} href="/">
            {texts.homePage}
          </a>
          <a className={styles.secondary} href="/sign-in">
            {texts.signIn}
          </a>
        </p>
      </section>
    </Frame>
  );
}
