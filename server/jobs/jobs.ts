// Duty: every job there is, how often it is looked at, and which slice does it.
import { backUpWhenDue, type Schedule } from '../backup/schedule.ts';
import { checkAudit, cutAudit, mindAudit } from '../features/audit/upkeep.commands.ts';
import { keepUsesRight } from '../features/campaigns/uses.commands.ts';
import { ringCommitments } from '../features/commitments/clockwork.commands.ts';
import type { Settings } from '../features/directory/settings.ts';
import { completeWithdrawals, tellExpiredConsents } from '../features/identities/consents.commands.ts';
import { fallSilent } from '../features/institutions/silence.commands.ts';
import { completeMerges } from '../features/issues/merges.commands.ts';
import { tellCampaignDays } from '../features/notifications/campaignNews.commands.ts';
import { tellDueLetters } from '../features/notifications/letterNews.commands.ts';
import { sendDueMails } from '../features/notifications/mails.commands.ts';
import {
  escalateUnopened,
  tellDueConfirmations,
  tellOverdueSteps,
  tellWhatWasMissed,
} from '../features/notifications/telling.commands.ts';
import { completeTransfers, expireReferrals } from '../features/referrals/endings.commands.ts';
import { tellClosedFields } from '../features/referrals/openings.commands.ts';
import { anonymiseDue } from '../features/retention/anonymise.commands.ts';
import { resumeFreezes } from '../features/summaries/freeze.commands.ts';
import { settlePublications } from '../features/summaries/releases.commands.ts';
import type { Mailer } from '../mail/mailer.ts';
import type { Job } from './runner.ts';

interface JobSettings extends Pick<Settings, 'address' | 'mailer' | 'auditLimits'> {
  /** None are made without it. */
  backup?: Schedule | null;
}

const backupJob = (backup: Schedule): Job => ({
  name: 'backup',
  everyMinutes: 15,
  beside: true,
  run: (now, _lastRun, stopping) => backUpWhenDue(backup, now, stopping),
});

/** Each outbox by itself: what waits on one machine, no other can send. */
const mailJob = ({ outboxId, sendWaiting }: Mailer): Job[] =>
  outboxId
    ? [{ name: `mail.waiting.${outboxId}`, everyMinutes: 5, beside: true, run: () => sendWaiting() }]
    : [];

export const allJobs = ({ backup, ...settings }: JobSettings): readonly Job[] => [
  { name: 'consents.completeWithdrawals', everyMinutes: 1, run: () => completeWithdrawals() },
  { name: 'consents.tellExpired', everyMinutes: 5, run: tellExpiredConsents },
  { name: 'referrals.tellClosedFields', everyMinutes: 5, run: tellClosedFields },
  { name: 'referrals.completeTransfers', everyMinutes: 1, run: completeTransfers },
  { name: 'campaigns.keepUsesRight', everyMinutes: 1, run: keepUsesRight },
  { name: 'referrals.expire', everyMinutes: 5, run: expireReferrals },
  { name: 'issues.completeMerges', everyMinutes: 1, run: completeMerges },
  { name: 'commitments.ring', everyMinutes: 15, run: ringCommitments },
  { name: 'letters.silence', everyMinutes: 5, run: (now) => fallSilent(now) },
  { name: 'releases.resumeFreezes', everyMinutes: 1, run: resumeFreezes },
  { name: 'releases.settle', everyMinutes: 1, run: settlePublications },
  { name: 'notifications.missed', everyMinutes: 1, run: tellWhatWasMissed },
  { name: 'notifications.overdueSteps', everyMinutes: 15, run: tellOverdueSteps },
  { name: 'notifications.campaignDays', everyMinutes: 15, run: tellCampaignDays },
  { name: 'notifications.confirmations', everyMinutes: 15, run: tellDueConfirmations },
  { name: 'notifications.letters', everyMinutes: 15, run: (now) => tellDueLetters(now) },
  { name: 'notifications.unopened', everyMinutes: 15, run: escalateUnopened },
  { name: 'retention.anonymise', everyMinutes: 15, beside: true, run: anonymiseDue },
  // Whoever waits for a mail server holds up nobody else.
  {
    name: 'notifications.mails',
    everyMinutes: 1,
    beside: true,
    run: (now) => sendDueMails(settings, now),
  },
  ...mailJob(settings.mailer),
  { name: 'audit.mind', everyMinutes: 1, run: mindAudit },
  { name: 'audit.check', everyMinutes: 360, run: checkAudit },
  { name: 'audit.cut', everyMinutes: 1440, run: (now) => cutAudit(settings.auditLimits, now) },
  ...(backup ? [backupJob(backup)] : []),
];
