// Duty: every job there is, how often it is looked at, and which slice does it.
import { completeWithdrawals } from '../features/identities/consents.commands.ts';
import { completeTransfers, expireReferrals } from '../features/referrals/endings.commands.ts';
import type { Job } from './runner.ts';

export const allJobs: readonly Job[] = [
  { name: 'consents.completeWithdrawals', everyMinutes: 1, run: () => completeWithdrawals() },
  { name: 'referrals.completeTransfers', everyMinutes: 1, run: completeTransfers },
  { name: 'referrals.expire', everyMinutes: 5, run: expireReferrals },
];
