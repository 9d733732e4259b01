// Duty: tell institutions and campaigns, which stand below, how promises are counted. Called once per app; again changes nothing.

import { countPromisesWith } from '../campaigns/promises.commands.ts';
import { promisesAreCountedBy } from '../institutions/scorecards.queries.ts';
import { onIssueMerged } from '../issues/merges.commands.ts';
import { followMerge } from './merges.commands.ts';
import { promisesInCampaign, promiseYears } from './promises.queries.ts';

export function startCommitments(): void {
  onIssueMerged(followMerge);
  promisesAreCountedBy(promiseYears);
  countPromisesWith(promisesInCampaign);
}
