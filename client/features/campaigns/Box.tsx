// Duty: the frame of one part of a campaign's page: heading, an action beside it, content.
import { Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import classes from './campaigns.module.css';

export function Box({ title, action, children }: { title: string; action?: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <section className={classes.box} aria-labelledby={id}>
      <div className={classes.boxHead}>
        <Title order={2} id={id} className={classes.boxTitle}>
          {title}
        </Title>
        <span className="no-print">{action}</span>
      </div>
      {children}
    </section>
  );
}
