// Duty: the frame of one panel: heading, something beside it, what was just said to a screen reader. No content.
import { Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import classes from './panel.module.css';

interface Props {
  title: string;
  about?: string;
  beside?: ReactNode;
  /** Read out at once, e.g. that a record has closed. */
  said?: string;
  children: ReactNode;
}

export function Panel({ title, about, beside, said, children }: Props) {
  const id = useId();
  return (
    <section className={`${classes.panel} no-print`} aria-labelledby={id}>
      <div className={classes.head}>
        <Title order={2} id={id}>
          {title}
        </Title>
        {beside}
      </div>
      {about && <p className={classes.about}>{about}</p>}
      {children}
      <div role="status">{said && <p className={classes.faint}>{said}</p>}</div>
    </section>
  );
}
