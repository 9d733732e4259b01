// Duty: who may record, verify, approve and close promises. Whether they can see one: commitments.queries.ts.
import {
  approvedStatuses,
  type CommitmentHand,
  type CommitmentMoveName,
  commitmentMoveNames,
  commitmentMoves,
} from '../../../shared/commitmentMoves.ts';
import type { CommitmentAbility } from '../../../shared/commitments.ts';
import type { May, Viewer } from '../../policy.ts';
import type { CommitmentFile } from './commitments.model.ts';

export type CommitmentSubject = Pick<CommitmentFile, 'status' | 'author'>;

export const seesCommitments = (viewer: Viewer): boolean =>
  ['activist', 'team_lead', 'cso_member', 'coordinator'].includes(viewer.role);

/** Whoever sees commitments may bring one; a coordinator approves it before others see it. */
export const mayRecord: May<null> = seesCommitments;

const isCoordinator: May<unknown> = (viewer) => viewer.role === 'coordinator';

const isHand: Record<CommitmentHand, May<unknown>> = {
  coordinator: isCoordinator,
  checker: (viewer) => viewer.role === 'coordinator' || viewer.role === 'cso_member',
};

/** Whether the move is theirs at all, wherever the commitment stands. */
export const mayMoveCommitment =
  (move: CommitmentMoveName): May<CommitmentSubject> =>
  (viewer, subject) =>
    isHand[commitmentMoves[move].who](viewer, subject);

export const isOpenTo = (move: CommitmentMoveName, { status }: Pick<CommitmentFile, 'status'>): boolean =>
  commitmentMoves[move].from.includes(status);

const isAuthorOfProposal: May<CommitmentSubject> = (viewer, { status, author }) =>
  author === viewer.id && !approvedStatuses.includes(status);

/** A closed one is not changed until it is reopened. */
export const mayRevise: May<CommitmentSubject> = (viewer, subject) =>
  subject.status !== 'closed' && (isCoordinator(viewer, subject) || isAuthorOfProposal(viewer, subject));

export const mayAddEvidence: May<CommitmentSubject> = (viewer, subject) =>
  subject.status !== 'closed' && (isHand.checker(viewer, subject) || isAuthorOfProposal(viewer, subject));

/** Coordinators; and who brought the commitment while it is a proposal. What a check rests on is never removed. */
export const mayRemoveEvidence: May<CommitmentSubject> = mayRevise;

export const commitmentRules: Record<CommitmentAbility, May<CommitmentSubject>> = {
  ...(Object.fromEntries(
    commitmentMoveNames.map((move): [CommitmentMoveName, May<CommitmentSubject>] => [
      move,
      (viewer, subject) => isOpenTo(move, subject) && mayMoveCommitment(move)(viewer, subject),
    ]),
  ) as Record<CommitmentMoveName, May<CommitmentSubject>>),
  revise: mayRevise,
  addEvidence: mayAddEvidence,
  removeEvidence: mayRemoveEvidence,
};
