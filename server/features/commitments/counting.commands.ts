// Duty: tell institutions and campaigns, which stand below, how promises are counted. Called once per app; again changes nothing.
import { countPromisesWith } from '../campaigns/promises.commands.ts';
import { promisesAreCountedBy } from '../institutions/scorecards.queries.ts';
import { promisesInCampaign, promiseYears } from './promises.queries.ts';

export function startCommitments(): void {
  promisesAreCountedBy(promiseYears);
  countPromisesWith(promisesInCampaign);
}
