// Duty: who sees and sets how long cases are kept. Who may hold one case is the cases' own policy.
import type { May, Viewer } from '../../policy.ts';

/** For other roles nothing of this slice exists, except what a case's page tells: 404, not 403. */
export const seesRetention = (viewer: Viewer): boolean =>
  viewer.role === 'administrator' || viewer.role === 'coordinator';

export const maySetRules: May<null> = (viewer) => viewer.role === 'administrator';

/** Which cases: for who may open all of them. An administrator opens none, and is told numbers. */
export const maySeeRetainedCases: May<null> = (viewer) => viewer.role === 'coordinator';
