// Duty: who sees figures: coordinators everything, funders what is out, everybody else nothing.

import { type ReleaseAbility, type ReleaseMoveName, releaseMoves } from '../../../shared/summaryLists.ts';
import { notFound } from '../../errors.ts';
import type { May, Viewer } from '../../policy.ts';
import type { ReleaseFile } from './releases.model.ts';

type Subject = Pick<ReleaseFile, 'status' | 'publishing' | 'telling'> & { isNewest: boolean };

export const makesFigures = (viewer: Viewer): boolean => viewer.role === 'coordinator';
export const readsProgress = (viewer: Viewer): boolean =>
  viewer.role === 'funder' || viewer.role === 'coordinator';

/** For everybody else there is nothing here, whatever they send. */
export function ensureMakesFigures(viewer: Viewer): void {
  if (!makesFigures(viewer)) throw notFound();
}

const mayMove =
  (move: ReleaseMoveName): May<Subject> =>
  (viewer, { status, publishing }) =>
    makesFigures(viewer) && releaseMoves[move].from.includes(status) && publishing === null;

export const releaseRules: Record<ReleaseAbility, May<Subject>> = {
  cancel: mayMove('cancel'),
  review: mayMove('review'),
  reopen: mayMove('reopen'),
  discard: mayMove('discard'),
  publish: (viewer, subject) => mayMove('publish')(viewer, subject) && subject.telling.length === 0,
  narrate: (viewer, { status }) => makesFigures(viewer) && status === 'draft',
  correct: (viewer, { status, isNewest }) => makesFigures(viewer) && status === 'published' && isNewest,
};
