// Duty: the top of every page: heading, the tab's title, the one primary action (top right on a desktop, a bar at the bottom of a phone).
import { Button, Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { Link } from 'react-router';
import { useSay } from '../lib/i18n.tsx';
import type { LucideIcon } from './icon.tsx';
import classes from './page.module.css';

export interface PrimaryAction {
  label: string;
  icon?: LucideIcon;
  /** Where it leads, or what it does, or which form it sends. */
  to?: string;
  onClick?: () => void;
  form?: string;
  loading?: boolean;
  disabled?: boolean;
  /** The phone's bottom bar offers the same already. */
  desktopOnly?: boolean;
}

interface Props {
  title: string;
  /** Goes into the tab, the history and the task bar, so never a person's or a case's content: a page's name or a reference. */
  tabTitle: string;
  lead?: ReactNode;
  /** Quiet things beside the heading: a badge, a status. */
  beside?: ReactNode;
  primary?: PrimaryAction;
  /** Secondary buttons, left of the primary one. */
  secondary?: ReactNode;
}

export function useTabTitle(title: string): void {
  const say = useSay();
  const whole = `${title} · ${say('app.name')}`;
  useEffect(() => {
    document.title = whole;
  }, [whole]);
}

export function PageHead({ title, tabTitle, lead, beside, primary, secondary }: Props) {
  useTabTitle(tabTitle);
  return (
    <header className={classes.head}>
      <div className={classes.heading}>
        <div className={classes.titleLine}>
          <Title order={1}>{title}</Title>
          {beside}
        </div>
        {lead && <div className={classes.lead}>{lead}</div>}
      </div>
      {(primary || secondary) && (
        <div className={`${classes.actions} no-print`}>
          {secondary}
          {primary && <PrimaryButton {...primary} />}
        </div>
      )}
    </header>
  );
}

function PrimaryButton({
  label,
  icon: Icon,
  to,
  onClick,
  form,
  loading,
  disabled,
  desktopOnly,
}: PrimaryAction) {
  const shared = {
    leftSection: Icon && <Icon size={20} aria-hidden />,
    loading,
    disabled,
    className: classes.primary,
    'data-desktop-only': desktopOnly || undefined,
  };
  if (to)
    return (
      <Button component={Link} to={to} {...shared}>
        {label}
      </Button>
    );
  return (
    <Button type={form ? 'submit' : 'button'} form={form} onClick={onClick} {...shared}>
      {label}
    </Button>
  );
}
