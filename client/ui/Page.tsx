// Duty: the measure of a page: one column, or a narrow one for a form. Full-bleed pages (map) do without it.
import type { ReactNode } from 'react';
import classes from './page.module.css';

export function Page({ narrow = false, children }: { narrow?: boolean; children: ReactNode }) {
  return (
    <div className={classes.page} data-narrow={narrow || undefined}>
      {children}
    </div>
  );
}
