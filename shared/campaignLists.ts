// Duty: the closed lists of campaigns, plain data without schemas. Re-exported by campaigns.ts, which has the schemas.

export const campaignStages = ['proposed', 'planning', 'active', 'paused', 'monitoring', 'closed'] as const;
export type CampaignStage = (typeof campaignStages)[number];
/** The way as it is drawn: a pause is a rest on the third step. */
export const stageSteps = ['proposed', 'planning', 'active', 'monitoring', 'closed'] as const;
export type StageStep = (typeof stageSteps)[number];
export const stepOf = (stage: CampaignStage): StageStep => (stage === 'paused' ? 'active' : stage);

export const campaignResults = ['won', 'partly_won', 'not_won', 'dropped', 'superseded'] as const;
export type CampaignResult = (typeof campaignResults)[number];

/** A tactic is an audience and what is to change in it; with the policy stages, after Coffman. */
export const audiences = ['public', 'influencers', 'decision_makers'] as const;
export type Audience = (typeof audiences)[number];
export const tacticChanges = ['awareness', 'will', 'action'] as const;
export type TacticChange = (typeof tacticChanges)[number];
export const policyStages = [
  'agenda',
  'development',
  'adoption',
  'blocking',
  'implementation',
  'monitoring',
  'maintenance',
] as const;
export type PolicyStage = (typeof policyStages)[number];

export const demandStatuses = ['open', 'adopted', 'refused'] as const;
export type DemandStatus = (typeof demandStatuses)[number];

export const actionKinds = [
  'meeting',
  'letter',
  'petition',
  'public_discussion',
  'media',
  'protest',
] as const;
export type ActionKind = (typeof actionKinds)[number];
export const actionStatuses = ['planned', 'done', 'cancelled'] as const;
export type ActionStatus = (typeof actionStatuses)[number];

/** "Can they be recognised?" */
export const recognisedAnswers = ['no', 'by_those_around', 'by_anybody'] as const;
export type RecognisedAnswer = (typeof recognisedAnswers)[number];
/** How far a case appears: only as one of a number, told in a meeting, told in public. */
export const useDetails = ['counted', 'told_inside', 'told_in_public'] as const;
export type UseDetail = (typeof useDetails)[number];
/** `chosen`: waits for its do-no-harm check and is used nowhere. */
export const useStandings = ['chosen', 'checked', 'ended'] as const;
export type UseStanding = (typeof useStandings)[number];
export const useEndings = ['taken_out', 'consent_withdrawn', 'consent_expired'] as const;
export type UseEnding = (typeof useEndings)[number];

/** What a demand must have before the campaign that makes it is activated; its target it always has. */
export const demandParts = ['audience', 'change', 'indicator', 'endsOn'] as const;

export const campaignLimits = {
  demands: 20,
  actions: 400,
  milestones: 60,
  team: 40,
  uses: 400,
  evidence: 12,
  timeline: 50,
} as const;

export const campaignEvents = [
  'created',
  'revised',
  'moved',
  'demandAdded',
  'demandChanged',
  'demandRemoved',
  'demandDecided',
  'actionAdded',
  'actionChanged',
  'evidenceAdded',
  'evidenceRemoved',
  'milestoneAdded',
  'milestoneChanged',
  'milestoneRemoved',
  'caseChosen',
  'caseChecked',
  'caseEnded',
  'calendarMade',
  'calendarRevoked',
] as const;
export type CampaignEvent = (typeof campaignEvents)[number];
