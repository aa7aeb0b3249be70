import { type ComponentType, lazy } from 'react';
import { loadTexts, useTexts } from '../messages/use-texts.ts';
import styles from '../look/sheet.module.css';
import { Frame } from './frame.tsx';
import { ReloadButton } from './reload-button.tsx';

/**
 * A page that arrives when it is opened, and its texts with it. Where the network fails, a
 * button that loads it again takes its place.
 */
export function lazyPage(load: () => Promise<{ default: ComponentType }>): ComponentType {
  return lazy(async () => {
    const [page, hasTexts] = await Promise.all([load().catch(() => undefined), loadTexts()]);
    return page && hasTexts ? page : { default: MissingPage };
  });
}

function MissingPage() {
  const texts = useTexts();
  return (
    <Frame title={texts.missing}>
      <section className={styles.sheet} role="alert">
        <h1 className={styles.title}>{texts.missing}</h1>
        <ReloadButton />
      </section>
    </Frame>
  );
}
