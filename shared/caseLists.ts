// Duty: the closed lists and limits of a case, plain data without schemas, so that a page's first load needs none. Re-exported by cases.ts.

export const caseStatuses = [
  'draft',
  'new',
  'triaged',
  'in_progress',
  'waiting',
  'resolved',
  'closed',
] as const;
export type CaseStatus = (typeof caseStatuses)[number];
export const openStatuses: readonly CaseStatus[] = ['new', 'triaged', 'in_progress', 'waiting'];

export const caseOutcomes = [
  'achieved',
  'partly_achieved',
  'not_achieved',
  'referred_elsewhere',
  'withdrawn_by_person',
  'lost_contact',
  'duplicate',
  'out_of_scope',
] as const;
export type CaseOutcome = (typeof caseOutcomes)[number];
/** Outcomes that a resolved case may have; the others belong to moves of their own. */
export const resolvedOutcomes = caseOutcomes.filter(
  (outcome) => !['withdrawn_by_person', 'duplicate', 'out_of_scope'].includes(outcome),
);

export const confirmations = ['person', 'activist', 'partner', 'authority_word_only', 'unreachable'] as const;
export type Confirmation = (typeof confirmations)[number];

export const waitingParties = ['authority', 'partner', 'person'] as const;
export type WaitingParty = (typeof waitingParties)[number];

export const caseKinds = ['group', 'individual'] as const;
export type CaseKind = (typeof caseKinds)[number];

/** From "somebody must act today" downwards. */
export const urgencies = ['critical', 'high', 'normal', 'low'] as const;
export type Urgency = (typeof urgencies)[number];

export const sensitivities = ['low', 'moderate', 'high', 'severe'] as const;
export type Sensitivity = (typeof sensitivities)[number];

/** How precisely the place may be shown; the exact point never leaves the identity vault. */
export const precisions = ['settlement', 'municipality'] as const;
export type Precision = (typeof precisions)[number];

export const ageBands = ['0-5', '6-17', '18-29', '30-59', '60+'] as const;
export type AgeBand = (typeof ageBands)[number];

export const caseSources = ['activist', 'public', 'import', 'open311'] as const;

/** On what ground the record is kept: no personal data at all, or the person's consent (detailed in the vault). */
export const consentBases = ['no_personal_data', 'consented'] as const;
export type ConsentBasis = (typeof consentBases)[number];

export const limits = {
  title: 120,
  story: 4000,
  need: 2000,
  note: 4000,
  step: 200,
  people: 5000,
  plan: 40,
  page: 100,
  bulk: 100,
  evidence: 60,
} as const;

/** What a case's record lacks, so that figures are in doubt. */
export const caseGaps = ['no_next_step', 'not_confirmed', 'no_age_bands'] as const;
export type CaseGap = (typeof caseGaps)[number];

export const caseSorts = ['newest', 'oldest', 'changed', 'urgency', 'next_step'] as const;

export type CaseSort = (typeof caseSorts)[number];

export const caseAbilities = [
  'edit',
  'note',
  'plan',
  'assign',
  'addEvidence',
  'removeEvidence',
  'linkIssue',
  'triage',
  'dismiss',
  'start',
  'wait',
  'resume',
  'resolve',
  'close',
  'reopen',
  'withdraw',
] as const;

export type CaseAbility = (typeof caseAbilities)[number];
