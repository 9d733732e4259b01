// Duty: what a page or a panel shows when there is nothing, not yet, or an error. The words of the place are the caller's.
import { Button, Center, Loader, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import { ApiError, isUnreachable } from '../lib/api.ts';
import { useErrorWords } from '../lib/faults.ts';
import { useSay } from '../lib/i18n.tsx';
import type { LucideIcon } from './icon.tsx';
import { CloudOff, TriangleAlert } from './icons.ts';
import classes from './page.module.css';

/** What this place is for, and the first thing to do here. */
export function EmptyState(props: {
  icon: LucideIcon;
  title: string;
  text?: string;
  action?: ReactNode;
  /** It is the whole page: its title is the page's heading. */
  whole?: boolean;
}) {
  const Icon = props.icon;
  return (
    <div className={classes.state}>
      <span className={classes.stateIcon}>
        <Icon size={28} aria-hidden />
      </span>
      <Title order={props.whole ? 1 : 2} size="h3">
        {props.title}
      </Title>
      {props.text && <p>{props.text}</p>}
      {props.action && <div className={classes.stateActions}>{props.action}</div>}
    </div>
  );
}

/** What happened, what was kept, what to do. The request's number lets somebody find it in the log. */
export function ErrorState(props: {
  error: unknown;
  onRetry?: () => void;
  kept?: string;
  action?: ReactNode;
  /** It is the whole page: its title is the page's heading. */
  whole?: boolean;
}) {
  const say = useSay();
  const words = useErrorWords();
  const Icon = isUnreachable(props.error) ? CloudOff : TriangleAlert;
  const requestId = props.error instanceof ApiError ? props.error.requestId : null;
  // What is gone or never was stays so, however often it is asked for.
  const isFinal = props.error instanceof ApiError && [404, 410].includes(props.error.status);
  return (
    <div className={classes.state} role="alert">
      <span className={classes.stateIcon}>
        <Icon size={28} aria-hidden />
      </span>
      <Title order={props.whole ? 1 : 2} size="h3">
        {words(props.error)}
      </Title>
      {props.kept && <p>{props.kept}</p>}
      <div className={classes.stateActions}>
        {props.onRetry && !isFinal && (
          <Button variant="default" onClick={props.onRetry}>
            {say('common.retry')}
          </Button>
        )}
        {props.action}
      </div>
      {requestId && <span className={classes.small}>{say('error.number', { number: requestId })}</span>}
    </div>
  );
}

/** Says nothing for the first moment, so that quick answers do not flicker. */
export function LoadingState({ label }: { label?: string }) {
  const say = useSay();
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 250);
    return () => clearTimeout(timer);
  }, []);
  return (
    <Center py="xl" mih={160} role="status">
      {late && (
        <>
          <Loader size="sm" mr="sm" />
          <Text>{label ?? say('common.loading')}</Text>
        </>
      )}
    </Center>
  );
}
