// Duty: the frame of one part of a commitment's page: heading, something quiet beside it, content.
import { Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import classes from './commitments.module.css';

export function Box({ title, beside, children }: { title: string; beside?: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <section className={classes.box} aria-labelledby={id}>
      <div className={classes.boxHead}>
        <Title order={2} id={id}>
          {title}
        </Title>
        {beside}
      </div>
      {children}
    </section>
  );
}
