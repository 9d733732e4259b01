// Duty: the ways back from one record to where it stands in a list: above it, and in its place when it cannot be shown.
import { Button } from '@mantine/core';
import { Link, type To } from 'react-router';
import { ArrowLeft } from './icons.ts';
import classes from './page.module.css';

interface Props {
  to: To;
  children: string;
}

export function BackLink({ to, children }: Props) {
  return (
    <div className="no-print">
      <Link to={to} className={classes.backLink}>
        <ArrowLeft size={18} aria-hidden /> {children}
      </Link>
    </div>
  );
}

export function BackButton({ to, children }: Props) {
  return (
    <Button component={Link} to={to} variant="default">
      {children}
    </Button>
  );
}
