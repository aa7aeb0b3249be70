import { type ReactNode, type Ref, useId } from 'react';
import styles from './profile.module.css';

interface SectionProps {
  readonly title: string;
  /** For a focus that lost its place in the section. */
  readonly headingRef?: Ref<HTMLHeadingElement>;
  readonly children: ReactNode;
}

/** A part of the profile with a heading of its own. */
export function Section({ title, headingRef, children }: SectionProps) {
  const id = useId();
  return (
    <section className={styles.section} aria-labelledby={id}>
      <h2 ref={headingRef} id={id} className={styles.heading} tabIndex={-1}>
        {title}
      </h2>
      {children}
    </section>
  );
}
