// Duty: all English words in one table. One file per slice; keys begin with the slice's own word.
import { accounts } from './accounts.ts';
import { advocacy } from './advocacy.ts';
import { audit } from './audit.ts';
import { campaigns } from './campaigns.ts';
import { cases } from './cases.ts';
import { commitments } from './commitments.ts';
import { common } from './common.ts';
import { directory } from './directory.ts';
import { home } from './home.ts';
import { identities } from './identities.ts';
import { institutions } from './institutions.ts';
import { issues } from './issues.ts';
import { logging } from './logging.ts';
import { map } from './map.ts';
import { notifications } from './notifications.ts';
import { referrals } from './referrals.ts';
import { retention } from './retention.ts';
import { summaries } from './summaries.ts';

export const en = {
  ...common,
  ...accounts,
  ...advocacy,
  ...audit,
  ...directory,
  ...cases,
  ...logging,
  ...home,
  ...map,
  ...identities,
  ...referrals,
  ...commitments,
  ...campaigns,
  ...institutions,
  ...issues,
  ...notifications,
  ...retention,
  ...summaries,
};
