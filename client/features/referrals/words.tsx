// Duty: the small words of a referral: where it stands, what is due, which field. Each one way everywhere.

import type { ShareableField } from '../../../shared/consentLists.ts';
import type { Speaker } from '../../../shared/i18n.ts';
import { type IdentityField, identityFields } from '../../../shared/identityLists.ts';
import type { ReferralStatus } from '../../../shared/referralLists.ts';
import type { ReferralRow } from '../../../shared/referrals.ts';
import { paths } from '../../app/paths.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import type { LucideIcon } from '../../ui/icon.tsx';
import {
  Ban,
  CircleCheck,
  CircleCheckBig,
  CircleDashed,
  CircleX,
  ClockAlert,
  CornerUpRight,
  Hammer,
  HandHelping,
  Hourglass,
  TimerOff,
  Undo2,
} from '../../ui/icons.ts';
import { RelativeTime } from '../../ui/words.tsx';
import classes from './referrals.module.css';

/** Where a draft is written on; a draft is its sender's, who knows the case. */
export const draftHref = ({ id, caseId }: Pick<ReferralRow, 'id' | 'caseId'>): string =>
  `${paths.refer.href(caseId ?? '')}?draft=${id}`;

const icons: Record<ReferralStatus, LucideIcon> = {
  draft: CircleDashed,
  pending: Hourglass,
  accepted: HandHelping,
  in_progress: Hammer,
  completed: CircleCheck,
  unsuccessful: CircleX,
  declined: Ban,
  recalled: Undo2,
  expired: TimerOff,
  rerouted: CornerUpRight,
  consent_withdrawn: Ban,
};

/** Finished and confirmed is another thing than finished. */
export function ReferralStatusWord({ row }: { row: Pick<ReferralRow, 'status' | 'received'> }) {
  const { say } = useSpeech();
  const Icon = row.received === 'yes' ? CircleCheckBig : icons[row.status];
  return (
    <span className={classes.status}>
      <Icon size={18} aria-hidden />
      {say(`referrals.status.${row.status}`)}
      {row.received && `, ${say(`referrals.confirmed.${row.received}`)}`}
    </span>
  );
}

/** The day by which somebody owes the next thing; late is said first. */
export function DueWord({ row }: { row: ReferralRow }) {
  const { say } = useSpeech();
  if (!row.dueOn) return null;
  const what =
    row.status === 'pending'
      ? say('referrals.due.answer')
      : row.status === 'accepted'
        ? say('referrals.due.contact')
        : say('referrals.due.confirm');
  return (
    <span className={row.late ? classes.late : classes.faint}>
      {row.late && (
        <>
          <ClockAlert size={17} aria-hidden /> {say('referrals.late')}:{' '}
        </>
      )}
      {what} <RelativeTime when={row.dueOn} />
    </span>
  );
}

export const isOfVault = (field: ShareableField): field is IdentityField =>
  (identityFields as readonly string[]).includes(field);

export const fieldWords = (say: Speaker['say'], field: ShareableField): string =>
  isOfVault(field) ? say(`identity.field.${field}`) : say(`consent.field.${field}`);

export const workerOf = (row: Pick<ReferralRow, 'worker' | 'workerName'>): string | null =>
  row.worker?.name ?? row.workerName;
