// Duty: what letters ask of slices that come after them: which campaigns there are, and who takes part. Filled once per app by campaigns.
import type { Viewer } from '../../policy.ts';

export interface LetterSubjects {
  /** Whether the viewer may see this campaign, and whether the demand is one of its own. */
  knowsCampaign(viewer: Viewer, campaignId: string, demandId: string | null): Promise<boolean>;
  knowsIssue(viewer: Viewer, issueId: string): Promise<boolean>;
  /** The campaigns in which the organisation takes part. */
  campaignsOf(organisation: string): Promise<string[]>;
  /** The organisations that take part in the campaign. */
  partnersOf(campaignId: string): Promise<string[]>;
}

/** Until somebody knows, nothing is known and nobody takes part. */
const nobody: LetterSubjects = {
  knowsCampaign: async () => false,
  knowsIssue: async () => false,
  campaignsOf: async () => [],
  partnersOf: async () => [],
};
let known: LetterSubjects = nobody;

/** Called once per app by whoever knows; each part may be known by another. Again changes nothing. */
export function letterSubjectsAre(subjects: Partial<LetterSubjects>): void {
  known = { ...known, ...subjects };
}

/** For tests: nothing is known again. */
export function forgetLetterSubjects(): void {
  known = nobody;
}

export const letterSubjects = (): LetterSubjects => known;
