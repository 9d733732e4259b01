// Duty: who may write letters and make which move. Whether they can see one: letters.queries.ts.
import type { MunicipalitySlug } from '../../../shared/directory.ts';
import {
  type LetterMoveName,
  letterLimits,
  letterMoveNames,
  letterMoves,
  nextRung,
} from '../../../shared/letterLists.ts';
import type { LetterAbility } from '../../../shared/letters.ts';
import type { May, Viewer } from '../../policy.ts';
import type { LetterFile } from './letters.model.ts';

export const seesLetters = (viewer: Viewer): boolean =>
  ['activist', 'team_lead', 'cso_member', 'coordinator'].includes(viewer.role);

/** In their own municipality; about all of Kosovo, coordinators alone. */
export const mayWriteFor: May<{ municipality: MunicipalitySlug | null }> = (viewer, { municipality }) =>
  viewer.role === 'coordinator' ||
  ((viewer.role === 'activist' || viewer.role === 'team_lead') &&
    municipality !== null &&
    viewer.municipality === municipality);

/** Whether somebody can write any at all: what the list offers. */
export const mayWriteLetters: May<null> = (viewer) =>
  mayWriteFor(viewer, { municipality: viewer.municipality });

type Subject = Pick<
  LetterFile,
  'author' | 'municipality' | 'status' | 'rule' | 'extendedOn' | 'rung' | 'files'
>;

/** Its author, the team lead of its municipality, coordinators. A partner reads. */
export const mayWorkOnLetter: May<Pick<LetterFile, 'author' | 'municipality'>> = (viewer, letter) =>
  mayWriteFor(viewer, letter) && (viewer.role !== 'activist' || letter.author === viewer.id);

/** Whether the move can be made now, whoever makes it. */
export function isOpenTo(
  move: LetterMoveName,
  letter: Omit<Subject, 'author' | 'municipality' | 'files'>,
): boolean {
  if (!letterMoves[move].from.includes(letter.status)) return false;
  if (move === 'extend') return letter.extendedOn === null && (letter.rule?.extensionDays ?? 0) > 0;
  if (move === 'escalate') return nextRung(letter.rung) !== null;
  return true;
}

const takesFiles = ({ status, files }: Subject) =>
  status !== 'to_send' && status !== 'withdrawn' && files.length < letterLimits.files;

export const letterRules: Record<LetterAbility, May<Subject>> = {
  ...(Object.fromEntries(
    letterMoveNames.map((move): [LetterMoveName, May<Subject>] => [
      move,
      (viewer, letter) => isOpenTo(move, letter) && mayWorkOnLetter(viewer, letter),
    ]),
  ) as Record<LetterMoveName, May<Subject>>),
  edit: (viewer, letter) => letter.status === 'to_send' && mayWorkOnLetter(viewer, letter),
  addFile: (viewer, letter) => takesFiles(letter) && mayWorkOnLetter(viewer, letter),
  removeFile: (viewer, letter) => letter.files.length > 0 && mayWorkOnLetter(viewer, letter),
};
