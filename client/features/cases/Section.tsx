// Duty: the frame of one section of a case page: heading, an action beside it, content.
import { Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import classes from './page.module.css';

interface Props {
  title: string;
  action?: ReactNode;
  /** Left out on paper. */
  screenOnly?: boolean;
  children: ReactNode;
}

export function Section({ title, action, screenOnly, children }: Props) {
  const id = useId();
  return (
    <section className={classes.section} aria-labelledby={id} data-screen-only={screenOnly || undefined}>
      <div className={classes.sectionHead}>
        <Title order={2} id={id}>
          {title}
        </Title>
        <span className="no-print">{action}</span>
      </div>
      {children}
    </section>
  );
}
