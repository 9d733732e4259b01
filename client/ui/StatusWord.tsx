// Duty: where a case stands, as a word with a shape, colour last; and how urgent it is. What may follow is the case page's.

import type { CaseStatus, Urgency } from '../../shared/cases.ts';
import { useSay } from '../lib/i18n.tsx';
import type { LucideIcon } from './icon.tsx';
import {
  Archive,
  ChevronDown,
  ChevronsUp,
  Circle,
  CircleArrowRight,
  CircleCheck,
  CircleDashed,
  CircleDot,
  Hourglass,
  TriangleAlert,
} from './icons.ts';
import classes from './marks.module.css';

export const statusIcons: Record<CaseStatus, LucideIcon> = {
  draft: CircleDashed,
  new: Circle,
  triaged: CircleDot,
  in_progress: CircleArrowRight,
  waiting: Hourglass,
  resolved: CircleCheck,
  closed: Archive,
};

export function StatusWord({ status }: { status: CaseStatus }) {
  const say = useSay();
  const Icon = statusIcons[status];
  return (
    <span className={classes.status} data-quiet={status === 'closed' || undefined}>
      <Icon size={18} aria-hidden />
      {say(`status.${status}`)}
    </span>
  );
}

const urgencyIcons: Partial<Record<Urgency, LucideIcon>> = {
  critical: TriangleAlert,
  high: ChevronsUp,
  low: ChevronDown,
};

export function UrgencyWord({ urgency }: { urgency: Urgency }) {
  const say = useSay();
  const Icon = urgencyIcons[urgency];
  return (
    <span className={classes.urgency} data-urgency={urgency}>
      {Icon && <Icon size={18} aria-hidden />}
      {say(`urgency.${urgency}`)}
    </span>
  );
}
