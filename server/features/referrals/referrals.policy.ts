// Duty: who stands on which side of a referral and may therefore make which move. Whether they can see it: referrals.queries.ts.
import {
  type ReferralMoveName,
  type ReferralSide,
  type ReferralStatus,
  referralMoveNames,
  referralMoves,
} from '../../../shared/referralMoves.ts';
import type { ReferralAbility, ReferralChainAbility } from '../../../shared/referrals.ts';
import type { May, Viewer } from '../../policy.ts';
import type { CaseFile, CaseSides } from '../cases/cases.queries.ts';
import type { ReferralFile } from './referrals.model.ts';

/** All that a rule looks at: the referral, and who leads the case it belongs to. */
export interface ReferralSubject {
  referral: Pick<
    ReferralFile,
    'kind' | 'status' | 'recipient' | 'municipality' | 'received' | 'after' | 'link'
  >;
  caseFile: CaseSides;
  /** Whether the shared fields are open at this moment, and whether any is of the vault. */
  open: boolean;
  vaultOpen: boolean;
}

export const seesReferrals = (viewer: Viewer): boolean =>
  ['activist', 'team_lead', 'cso_member', 'coordinator'].includes(viewer.role);

/** A draft is not sent yet; recalled and withdrawn ones are as if they had never been. */
export const hiddenFromRecipient: readonly ReferralStatus[] = ['draft', 'recalled', 'consent_withdrawn'];
export const isHiddenFromRecipient = (status: ReferralStatus) => hiddenFromRecipient.includes(status);

/** The sender's side: the case's lead (while none is named, who logged it), the team lead of its municipality, coordinators. */
export const maySendFor: May<Pick<CaseFile, 'lead' | 'loggedBy' | 'municipality'>> = (viewer, caseFile) =>
  seesReferrals(viewer) &&
  ((caseFile.lead ?? caseFile.loggedBy) === viewer.id ||
    (viewer.role === 'team_lead' && viewer.municipality === caseFile.municipality) ||
    viewer.role === 'coordinator');

/** What the page of a case offers beside its chain. */
export const chainRules: Record<
  ReferralChainAbility,
  May<Pick<CaseFile, 'lead' | 'loggedBy' | 'municipality' | 'status'>>
> = { refer: (viewer, caseFile) => caseFile.status !== 'closed' && maySendFor(viewer, caseFile) };

const isRecipient: May<Pick<ReferralSubject, 'referral'>> = (viewer, { referral }) =>
  viewer.role === 'cso_member' && viewer.organisation === referral.recipient;

const isOn: Record<ReferralSide, May<ReferralSubject>> = {
  sender: (viewer, { referral, caseFile }) =>
    maySendFor(viewer, { ...caseFile, municipality: referral.municipality }) &&
    !isRecipient(viewer, { referral }),
  recipient: isRecipient,
};

/** Whether the move is theirs at all, wherever the referral stands. */
export const mayMoveReferral =
  (move: ReferralMoveName): May<ReferralSubject> =>
  (viewer, subject) =>
    isOn[referralMoves[move].side](viewer, subject);

type Standing = Pick<ReferralFile, 'kind' | 'status' | 'received' | 'after'>;

/** Whether a move can be made now: from this status; a confirmation and a resend once only. */
export function isOpenTo(move: ReferralMoveName, { kind, status, received, after }: Standing): boolean {
  const { from, ofTransfers } = referralMoves[move];
  if (kind === 'transfer' && !ofTransfers) return false;
  if (move === 'confirm' && received !== null) return false;
  if (move === 'resend' && after !== null) return false;
  return from.includes(status);
}

/** The vault fields that are shared and open are the recipient's to open; the sender's side has the case's own door. */
export const mayOpenShared: May<ReferralSubject> = isRecipient;
/** Who took the work on may say what became of the case. */
export const mayResolveCase: May<ReferralSubject> = isRecipient;
export const mayRenewLink: May<ReferralSubject> = isOn.sender;

/** The right and the moment together, as the page offers them. */
export const referralRules: Record<ReferralAbility, May<ReferralSubject>> = {
  ...(Object.fromEntries(
    referralMoveNames.map((move): [ReferralMoveName, May<ReferralSubject>] => [
      move,
      (viewer, subject) => isOpenTo(move, subject.referral) && mayMoveReferral(move)(viewer, subject),
    ]),
  ) as Record<ReferralMoveName, May<ReferralSubject>>),
  revise: (viewer, subject) =>
    subject.referral.status === 'draft' && mayMoveReferral('send')(viewer, subject),
  openIdentity: (viewer, subject) => subject.vaultOpen && mayOpenShared(viewer, subject),
  resolveCase: (viewer, subject) =>
    subject.open &&
    (subject.caseFile.status === 'in_progress' || subject.caseFile.status === 'waiting') &&
    mayResolveCase(viewer, subject),
  renewLink: (viewer, subject) =>
    canHaveLink(subject.referral) && subject.referral.link !== null && mayRenewLink(viewer, subject),
};

/** While an answer or work is still expected of the recipient. */
export const canHaveLink = ({ status }: Pick<ReferralFile, 'status'>): boolean =>
  status === 'pending' || status === 'accepted' || status === 'in_progress';
