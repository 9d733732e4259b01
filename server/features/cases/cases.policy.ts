// Duty: who may do what to a case they can see. Pure and synchronous; whether they can see it is the scope's (cases.queries.ts).
import { type CaseMoveName, caseMoveNames, caseMoves, type MoveActor } from '../../../shared/caseMoves.ts';
import type { CaseAbility } from '../../../shared/cases.ts';
import { type Colleague, type MunicipalitySlug, municipalRoles } from '../../../shared/directory.ts';
import type { RetentionAbility } from '../../../shared/retention.ts';
import type { May, Viewer } from '../../policy.ts';
import type { CaseFile } from './cases.model.ts';

/** All that a rule looks at. */
export type CaseSubject = Pick<
  CaseFile,
  'status' | 'municipality' | 'lead' | 'loggedBy' | 'collaborators' | 'anonymisedAt'
>;

/** For other roles nothing of this slice exists: 404, not 403. */
export const seesCases = (viewer: Viewer): boolean =>
  ['activist', 'team_lead', 'cso_member', 'coordinator'].includes(viewer.role);

const isCoordinator = (viewer: Viewer) => viewer.role === 'coordinator';
const isOfTeam: May<Pick<CaseSubject, 'municipality'>> = (viewer, { municipality }) =>
  municipalRoles.includes(viewer.role) && viewer.municipality === municipality;
const isTeamLead: May<Pick<CaseSubject, 'municipality'>> = (viewer, subject) =>
  viewer.role === 'team_lead' && isOfTeam(viewer, subject);
/** While no lead is named, whoever logged the case answers for it: a person's withdrawal must never wait for triage. */
const isLead: May<CaseSubject> = (viewer, { lead, loggedBy }) => (lead ?? loggedBy) === viewer.id;
const works: May<CaseSubject> = (viewer, subject) =>
  isOfTeam(viewer, subject) ||
  isCoordinator(viewer) ||
  isLead(viewer, subject) ||
  subject.collaborators.includes(viewer.id);

const isActor: Record<MoveActor, May<CaseSubject>> = {
  triager: isTeamLead,
  coordinator: isCoordinator,
  lead: isLead,
  activist: isOfTeam,
};

/** Whether it is theirs to make at all, wherever the case stands. */
export const mayMove =
  (move: CaseMoveName): May<CaseSubject> =>
  (viewer, subject) =>
    seesCases(viewer) && caseMoves[move].who.some((actor) => isActor[actor](viewer, subject));

export const mayLogIn: May<MunicipalitySlug> = (viewer, municipality) =>
  isCoordinator(viewer) || isOfTeam(viewer, { municipality });

/** The words of a case, its plan, notes and evidence are for those who work on it. */
export const mayWorkOn: May<CaseSubject> = (viewer, subject) => seesCases(viewer) && works(viewer, subject);
export const mayAssign: May<CaseSubject> = (viewer, subject) =>
  isTeamLead(viewer, subject) || isCoordinator(viewer);
/** Which pattern a case is an example of is for the team and coordinators to say, also once it is closed. */
export const mayLinkIssue: May<CaseSubject> = (viewer, subject) =>
  isOfTeam(viewer, subject) || isCoordinator(viewer);
/** Keeping somebody's story longer than others' is for who answers for the place, with a reason and an end. */
export const mayHold: May<CaseSubject> = (viewer, subject) =>
  isTeamLead(viewer, subject) || isCoordinator(viewer);
/** Only a coordinator answers for using a case outside the work on it. */
export const mayUseInCampaign: May<CaseSubject> = isCoordinator;
export const mayBulk: May<null> = isCoordinator;
export const mayHandOver: May<null> = (viewer) => viewer.role === 'team_lead' || isCoordinator(viewer);

export const isSettled = ({ status }: Pick<CaseFile, 'status'>): boolean => status === 'closed';

/**
 * Whether that colleague can be named on the case: active, and somebody who sees it already. Another organisation is not
 * named, it is asked: a referral or a transfer, which it accepts. Where it leads, its own people share the work.
 */
export function canBeNamed(
  colleague: Colleague | undefined,
  { municipality, sharedWith }: Pick<CaseFile, 'municipality' | 'sharedWith'>,
): boolean {
  if (!colleague?.active) return false;
  if (municipalRoles.includes(colleague.role)) return colleague.municipality === municipality;
  if (colleague.role === 'cso_member')
    return colleague.organisation !== null && sharedWith.includes(colleague.organisation);
  return colleague.role === 'coordinator';
}

const whileNotClosed =
  (may: May<CaseSubject>): May<CaseSubject> =>
  (viewer, subject) =>
    !isSettled(subject) && may(viewer, subject);

/** Of what was anonymised nothing is told anew: a note would bring back who it was. */
export const isAnonymised = ({ anonymisedAt }: Pick<CaseFile, 'anonymisedAt'>): boolean =>
  anonymisedAt != null;
const whileWhole =
  (may: May<CaseSubject>): May<CaseSubject> =>
  (viewer, subject) =>
    !isAnonymised(subject) && may(viewer, subject);

const moveRules = Object.fromEntries(
  caseMoveNames.map((move): [CaseMoveName, May<CaseSubject>] => [
    move,
    whileWhole(
      (viewer, subject) => caseMoves[move].from.includes(subject.status) && mayMove(move)(viewer, subject),
    ),
  ]),
) as Record<CaseMoveName, May<CaseSubject>>;

/** What the page offers: the right and the moment together. */
export const caseRules: Record<CaseAbility, May<CaseSubject>> = {
  edit: whileNotClosed(mayWorkOn),
  note: whileWhole(mayWorkOn),
  plan: whileNotClosed(mayWorkOn),
  assign: whileNotClosed(mayAssign),
  addEvidence: whileNotClosed(mayWorkOn),
  removeEvidence: whileNotClosed(mayWorkOn),
  linkIssue: mayLinkIssue,
  ...moveRules,
};

export const holdRules: Record<RetentionAbility, May<CaseSubject & Pick<CaseFile, 'hold'>>> = {
  hold: whileWhole(mayHold),
  liftHold: (viewer, subject) => subject.hold != null && whileWhole(mayHold)(viewer, subject),
};
