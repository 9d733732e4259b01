// Duty: the small words of a commitment: its name, the two voices as bars, its day with slips, how it stands. Each one way everywhere.

import { Link } from 'react-router';
import type { CommitmentFlag, CommitmentStatus, Completion } from '../../../shared/commitmentLists.ts';
import type { CommitmentRow, Titles } from '../../../shared/commitments.ts';
import { nameOf } from '../../../shared/format.ts';
import { paths } from '../../app/paths.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import type { LucideIcon } from '../../ui/icon.tsx';
import {
  Archive,
  BadgeCheck,
  CalendarClock,
  CircleDashed,
  CircleSlash,
  ClockAlert,
  EyeOff,
  HeartCrack,
  Hourglass,
  Scale,
} from '../../ui/icons.ts';
import { RelativeTime } from '../../ui/words.tsx';
import classes from './commitments.module.css';

/** Documents are called as they are in the reader's language. */
export function useTitle(): (row: { title: string; titles: Titles | null }) => string {
  const { language } = useSpeech();
  return ({ title, titles }) => (titles ? nameOf(titles, language) : title);
}

export function CommitmentLink({ row }: { row: CommitmentRow }) {
  const title = useTitle();
  return (
    <Link to={paths.commitment.href(row.id)} className={classes.rowLink} data-commitment={row.id}>
      {title(row)}
    </Link>
  );
}

const filled: Record<Completion, number> = {
  no_evidence: 0,
  not_started: 0,
  limited: 1,
  substantial: 2,
  complete: 3,
};

/** One voice: a bar of three steps and its word, which says the two that show no step apart. */
export function Voice({
  who,
  completion,
  more,
}: {
  who: 'authority' | 'ours';
  completion: Completion | null;
  more?: React.ReactNode;
}) {
  const { say } = useSpeech();
  const silent = who === 'authority' ? say('commitments.silent') : say('commitments.unchecked');
  return (
    <div className={classes.voice}>
      <span className={classes.voiceSaid}>
        <span className={classes.voiceName}>{say(`commitments.${who}`)}</span>
        <span className={completion === null ? classes.faint : classes.voiceWord}>
          {completion === null ? silent : say(`commitments.completion.${completion}`)}
          {more}
        </span>
      </span>
      <span className={classes.bar} data-who={who} data-silent={completion === null || undefined} aria-hidden>
        {[1, 2, 3].map((step) => (
          <span key={step} data-on={(completion !== null && filled[completion] >= step) || undefined} />
        ))}
      </span>
    </div>
  );
}

export function Voices({ row }: { row: CommitmentRow }) {
  return (
    <div className={classes.voices}>
      <Voice who="authority" completion={row.authorityReported} />
      <Voice who="ours" completion={row.verified} />
    </div>
  );
}

export function DueWord({ row }: { row: CommitmentRow }) {
  const { say, date } = useSpeech();
  const late = row.flags.includes('overdue');
  if (!row.dueOn) return <span className={classes.faint}>{say('commitments.noDay')}</span>;
  return (
    <span className={classes.due}>
      <span className={classes.day}>{date(row.dueOn)}</span>
      {row.status === 'open' && (
        <span className={late ? classes.late : classes.faint}>
          <RelativeTime when={row.dueOn} />
        </span>
      )}
      {row.slips > 0 && (
        <span className={classes.slips}>{say('commitments.slips', { count: row.slips })}</span>
      )}
    </span>
  );
}

const flagIcons: Record<CommitmentFlag, LucideIcon> = {
  broken: HeartCrack,
  overdue: ClockAlert,
  due_soon: CalendarClock,
  disputed: Scale,
  stale: EyeOff,
  kept: BadgeCheck,
};
/** Somebody must act now. */
const grave: readonly CommitmentFlag[] = ['broken', 'overdue'];

function FlagWord({ flag }: { flag: CommitmentFlag }) {
  const { say } = useSpeech();
  const Icon = flagIcons[flag];
  return (
    <span className={classes.flag} data-flag={flag} data-grave={grave.includes(flag) || undefined}>
      <Icon size={16} aria-hidden />
      {say(`commitments.flag.${flag}`)}
    </span>
  );
}

const statusIcons: Record<CommitmentStatus, LucideIcon> = {
  proposed: Hourglass,
  declined: CircleSlash,
  open: CircleDashed,
  closed: Archive,
};

/** How firm it is, whether it is closed, and what follows from its days; overdue is not said beside broken. */
export function StandingWords({ row }: { row: CommitmentRow }) {
  const { say } = useSpeech();
  const Icon = statusIcons[row.status];
  const flags = row.flags.filter((flag) => flag !== 'overdue' || !row.flags.includes('broken'));
  const isSaid = row.closedAs === 'complete' || row.closedAs === 'broken';
  return (
    <span className={classes.standing}>
      {row.status !== 'open' && !isSaid && (
        <span className={classes.flag}>
          <Icon size={16} aria-hidden />
          {row.closedAs ? say(`commitments.closed.${row.closedAs}`) : say(`commitments.status.${row.status}`)}
        </span>
      )}
      {flags.map((flag) => (
        <FlagWord key={flag} flag={flag} />
      ))}
      <span className={classes.faint}>{say(`commitments.formality.${row.formality}`)}</span>
    </span>
  );
}
