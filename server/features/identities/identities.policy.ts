// Duty: who may open, change and read the log of a vault record, and give, withdraw or override consent. The scope is the caller's.
import type { ConsentAbility } from '../../../shared/consents.ts';
import { type MunicipalitySlug, municipalRoles } from '../../../shared/directory.ts';
import { type IdentityAbility, type IdentityField, identityFields } from '../../../shared/identities.ts';
import type { May, Viewer } from '../../policy.ts';

/**
 * A case as far as identities need it, already found through the viewer's scope: whoever holds one may see the case.
 * Made by the slice that owns cases, which is above this one and hands it down.
 */
export interface IdentitySubject {
  caseId: string;
  reference: string;
  municipality: MunicipalitySlug;
  lead: string | null;
  loggedBy: string | null;
  concernsChild: boolean;
  /** Noted at intake, which is not a consent yet: that the person agreed. */
  saidToConsent: boolean;
  /** Nothing of a person may be kept of it any more. */
  anonymised: boolean;
  /** What a live referral shows of the vault to this viewer's organisation; empty for everybody else. */
  sharedFields: readonly IdentityField[];
}

/** The case for this viewer, or 404 as if it were absent. */
export type SubjectFor = (viewer: Viewer, caseId: string) => Promise<IdentitySubject>;

const isCoordinator = (viewer: Viewer) => viewer.role === 'coordinator';
const isOfTeam: May<IdentitySubject> = (viewer, { municipality }) =>
  municipalRoles.includes(viewer.role) && viewer.municipality === municipality;
const isTeamLead: May<IdentitySubject> = (viewer, subject) =>
  viewer.role === 'team_lead' && isOfTeam(viewer, subject);
/** While no lead is named, whoever logged the case answers for it. A funder or administrator never does. */
const isLead: May<IdentitySubject> = (viewer, { lead, loggedBy }) =>
  viewer.role !== 'funder' && viewer.role !== 'administrator' && (lead ?? loggedBy) === viewer.id;

const guards: May<IdentitySubject> = (viewer, subject) =>
  isLead(viewer, subject) || isTeamLead(viewer, subject) || isCoordinator(viewer);

/** The fields of the vault that this viewer may open. The only rule about it; the rest follows from it. */
export function fieldsOpenTo(viewer: Viewer, subject: IdentitySubject): readonly IdentityField[] {
  if (guards(viewer, subject)) return identityFields;
  return viewer.role === 'cso_member' ? subject.sharedFields : [];
}

const mayOpenIdentity: May<IdentitySubject> = (viewer, subject) => fieldsOpenTo(viewer, subject).length > 0;
export const mayChangeIdentity: May<IdentitySubject> = (viewer, subject) =>
  !subject.anonymised && guards(viewer, subject);
export const mayReadVaultLog = guards;
export const maySeeMatches: May<IdentitySubject> = isCoordinator;

export const identityRules: Record<IdentityAbility, May<IdentitySubject>> = {
  open: mayOpenIdentity,
  change: mayChangeIdentity,
  readLog: mayReadVaultLog,
  seeMatches: maySeeMatches,
};

const mayHear: May<IdentitySubject> = (viewer, subject) =>
  isOfTeam(viewer, subject) || guards(viewer, subject);
/** Whoever of the team sits with the person may write down what they say, yes or no. */
export const mayGiveConsent: May<IdentitySubject> = (viewer, subject) =>
  !subject.anonymised && mayHear(viewer, subject);
/** A no is taken by everybody who may hear it, a partner included. */
export const mayWithdrawConsent: May<IdentitySubject> = (viewer, subject) =>
  mayHear(viewer, subject) || viewer.role === 'cso_member';
export const mayOverrideConsent: May<IdentitySubject> = (viewer, subject) =>
  !subject.anonymised && isCoordinator(viewer);
export const mayReviewOverrides: May<null> = isCoordinator;

export const consentRules: Record<ConsentAbility, May<IdentitySubject>> = {
  give: mayGiveConsent,
  withdraw: mayWithdrawConsent,
  override: mayOverrideConsent,
};

/** Self-declared answers are entered by those who sit with people, and summed for coordinators. */
export const mayAnswerEquity: May<null> = (viewer) =>
  viewer.role !== 'funder' && viewer.role !== 'administrator';
export const mayReadEquity: May<null> = isCoordinator;
