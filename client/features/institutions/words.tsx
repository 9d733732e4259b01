// Duty: the small words of letters: where one stands, what its clock says, an institution's name. Each one way everywhere.

import { nameOf } from '../../../shared/format.ts';
import type { LetterStatus } from '../../../shared/letterLists.ts';
import type { LetterRow } from '../../../shared/letters.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import type { LucideIcon } from '../../ui/icon.tsx';
import {
  ArrowUpRight,
  Ban,
  CircleCheck,
  CircleDashed,
  ClockAlert,
  Hourglass,
  MailCheck,
  TimerOff,
  Undo2,
} from '../../ui/icons.ts';
import classes from './institutions.module.css';

const icons: Record<LetterStatus, LucideIcon> = {
  to_send: CircleDashed,
  sent: Hourglass,
  acknowledged: MailCheck,
  answered: CircleCheck,
  refused: Ban,
  silent: TimerOff,
  escalated: ArrowUpRight,
  withdrawn: Undo2,
};

export function LetterStatusWord({ status }: { status: LetterStatus }) {
  const { say } = useSpeech();
  const Icon = icons[status];
  return (
    <span className={classes.status}>
      <Icon size={18} aria-hidden />
      {say(`letters.status.${status}`)}
    </span>
  );
}

/** Days left or days over; nothing while no clock runs. The exact day on hover. */
export function ClockWord({ row }: { row: Pick<LetterRow, 'dueOn' | 'daysLeft'> }) {
  const { say, date } = useSpeech();
  if (row.dueOn === null || row.daysLeft === null) return null;
  const over = row.daysLeft < 0;
  return (
    <span className={over ? classes.late : classes.left} title={date(row.dueOn)}>
      {over && <ClockAlert size={17} aria-hidden />}{' '}
      {over ? say('letters.over', { count: -row.daysLeft }) : say('letters.left', { count: row.daysLeft })}
    </span>
  );
}

export function useInstitutionName() {
  const { language } = useSpeech();
  return (names: { sq: string; sr: string; en: string }) => nameOf(names, language);
}
