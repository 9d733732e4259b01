// Duty: the one scope of letters (who may see which) and what is read through it. The scorecard's counts: scorecards.queries.ts.
import type { QueryFilter } from 'mongoose';
import { runningStatuses } from '../../../shared/letterLists.ts';
import {
  groupStatuses,
  type LetterGroup,
  type LetterListQuery,
  letterGroups,
} from '../../../shared/letters.ts';
import { clock, dayOf } from '../../clock.ts';
import { notFound } from '../../errors.ts';
import type { Viewer } from '../../policy.ts';
import { cursorAt, dayAndIdOf } from '../../positions.ts';
import { maySeeCase } from '../cases/cases.queries.ts';
import { letterSubjects } from './letterSubjects.commands.ts';
import { type LetterFile, LetterModel } from './letters.model.ts';

export type { LetterFile } from './letters.model.ts';
export type LetterQuestion = QueryFilter<LetterFile>;

const nothing: LetterQuestion = { _id: { $in: [] } };

/**
 * Fails closed: a role that is not named here sees nothing. A partner sees the letters of campaigns it takes part in, and of those
 * none that was written for a case. Rooms are in letters.live.ts; keep both in step.
 */
export async function lettersVisibleTo(viewer: Viewer): Promise<LetterQuestion> {
  switch (viewer.role) {
    case 'activist':
    case 'team_lead':
      return viewer.municipality ? { municipality: viewer.municipality } : nothing;
    case 'coordinator':
      return {};
    case 'cso_member': {
      if (!viewer.organisation) return nothing;
      const campaigns = await letterSubjects().campaignsOf(viewer.organisation);
      return campaigns.length > 0 ? { campaignId: { $in: campaigns }, caseId: null } : nothing;
    }
    default:
      return nothing;
  }
}

const visible = async (viewer: Viewer, question: LetterQuestion): Promise<LetterQuestion> => ({
  $and: [await lettersVisibleTo(viewer), question],
});

/** The letter, or 404 when it is not there for this viewer; one written for a case is there for who sees the case. */
export async function letterFor(viewer: Viewer, id: string): Promise<LetterFile> {
  const letter = await LetterModel.findOne(await visible(viewer, { _id: id })).lean<LetterFile>();
  if (!letter || (letter.caseId && !(await maySeeCase(viewer, letter.caseId)))) throw notFound();
  return letter;
}

/** Reference of another letter on the ladder, as far as the viewer may see it. */
export async function letterReferenceFor(viewer: Viewer, id: string | null) {
  if (!id) return null;
  const found = await LetterModel.findOne(await visible(viewer, { _id: id }), {
    reference: 1,
    caseId: 1,
  }).lean<LetterFile>();
  if (!found || (found.caseId && !(await maySeeCase(viewer, found.caseId)))) return null;
  return { id: found._id, reference: found.reference };
}

const inGroup = (group: LetterGroup): LetterQuestion => ({
  status: { $in: [...groupStatuses[group]] },
  ...(group === 'to_escalate' ? { rung: { $ne: 'court_or_media' } } : {}),
});

/** Silent and refused ones that nobody has taken further, and those past their day, in two parts that share none. */
export const unansweredParts = (today: string): LetterQuestion[] => [
  { status: { $in: ['silent', 'refused'] } },
  { status: { $in: [...runningStatuses] }, dueOn: { $lt: today } },
];

/** What is late first, then what is due next. A letter of a case that the viewer no longer sees is left out of the page. */
export async function lettersFor(
  viewer: Viewer,
  query: LetterListQuery,
): Promise<{
  letters: LetterFile[];
  next: string | null;
  total: number;
  groups: Record<LetterGroup, number>;
}> {
  const about: LetterQuestion = {
    ...(query.campaign ? { campaignId: query.campaign } : {}),
    ...(query.issue ? { issueId: query.issue } : {}),
    ...(query.case ? { caseId: query.case } : {}),
    ...(query.institution ? { institutionId: query.institution } : {}),
    ...(query.municipality
      ? { municipality: query.municipality === 'none' ? null : query.municipality }
      : {}),
    ...(query.theme ? { theme: query.theme } : {}),
    ...(query.unanswered ? { $or: unansweredParts(dayOf(clock.now())) } : {}),
  };
  const scope = await visible(viewer, about);
  const wanted: LetterQuestion = query.group ? { $and: [scope, inGroup(query.group)] } : scope;
  const position = dayAndIdOf(query.cursor);
  const after: LetterQuestion = position
    ? { $or: [{ dueOn: { $gt: position.dueOn } }, { dueOn: position.dueOn, _id: { $lt: position.id } }] }
    : {};
  const [found, total, ...counts] = await Promise.all([
    LetterModel.find({ $and: [wanted, after] })
      .sort({ dueOn: 1, _id: -1 })
      .limit(query.limit + 1)
      .lean<LetterFile[]>(),
    LetterModel.countDocuments(wanted),
    ...letterGroups.map((group) => LetterModel.countDocuments({ $and: [scope, inGroup(group)] })),
  ]);
  const page = found.slice(0, query.limit);
  const last = page.at(-1);
  const seen = await Promise.all(
    page.map(
      async ({ caseId }) => caseId === null || viewer.role === 'coordinator' || maySeeCase(viewer, caseId),
    ),
  );
  return {
    letters: page.filter((_, at) => seen[at]),
    next: found.length > query.limit && last ? cursorAt(last.dueOn, last._id) : null,
    total,
    groups: Object.fromEntries(letterGroups.map((group, at) => [group, counts[at]!])) as Record<
      LetterGroup,
      number
    >,
  };
}
