// Duty: a person's work across cases: their week, and what a leaver has in hand. All through the viewer's own scope.
import { openStatuses } from '../../../shared/cases.ts';
import type { CaseRow } from '../../../shared/caseViews.ts';
import type { CaseWeek, HandOverWork, StuckCases, WaitingRow } from '../../../shared/caseWork.ts';
import { municipalitySlugs } from '../../../shared/directory.ts';
import { clock, dayOf } from '../../clock.ts';
import { notFound } from '../../errors.ts';
import { ensure, type Viewer } from '../../policy.ts';
import { colleaguesById } from '../directory/users.queries.ts';
import { countsFor } from './caseCounts.queries.ts';
import { CaseModel } from './cases.model.ts';
import { mayHandOver } from './cases.policy.ts';
import { type CaseForRow, presentRows, rowFields } from './cases.present.ts';
import { type CaseQuestion, visible } from './cases.queries.ts';

const mostRows = 20;
const mostWork = 500;

type Order = Record<string, 1 | -1>;

async function rows(
  viewer: Viewer,
  question: CaseQuestion,
  order: Order,
  limit = mostRows,
): Promise<CaseForRow[]> {
  return CaseModel.find(visible(viewer, question), rowFields).sort(order).limit(limit).lean<CaseForRow[]>();
}

/** Led and worked on are asked apart, because each has its own index; a case is in one of them only. */
async function mine(
  viewer: Viewer,
  person: string,
  question: CaseQuestion,
  limit = mostRows,
): Promise<CaseForRow[]> {
  const byDay: Order = { nextDue: 1, _id: 1 };
  const [led, shared] = await Promise.all([
    rows(viewer, { lead: person, ...question }, byDay, limit),
    rows(viewer, { collaborators: person, ...question }, byDay, limit),
  ]);
  return [...led, ...shared].sort((a, b) => (a.nextDue < b.nextDue ? -1 : a.nextDue > b.nextDue ? 1 : 0));
}

export { visitBefore } from './visits.ts';

/** A person's week as far as cases go; `since` is their visit before this one. */
export async function caseWeek(viewer: Viewer, since: Date | null): Promise<CaseWeek> {
  const triages = viewer.role === 'team_lead' || viewer.role === 'coordinator';
  const [toDo, waiting, fresh, triage, stuck] = await Promise.all([
    mine(viewer, viewer.id, { status: { $in: ['new', 'triaged', 'in_progress'] } }),
    mine(viewer, viewer.id, { status: 'waiting' }),
    since
      ? rows(viewer, { changedAt: { $gt: since }, changedBy: { $ne: viewer.id } }, { changedAt: -1, _id: -1 })
      : [],
    triages ? rows(viewer, { status: 'new' }, { loggedAt: 1, _id: 1 }) : null,
    viewer.role === 'coordinator' ? stuckCases(viewer) : null,
  ]);
  return {
    toDo: await presentRows(viewer, toDo.slice(0, mostRows)),
    waiting: waitingRows(await presentRows(viewer, waiting.slice(0, mostRows))),
    fresh: await presentRows(viewer, fresh),
    triage: triage && {
      total: (await countsFor(viewer, { status: ['new'] })).total,
      rows: await presentRows(viewer, triage),
    },
    stuck,
  };
}

const waitingRows = (presented: CaseRow[]): WaitingRow[] =>
  presented.flatMap((row) =>
    row.waitingOn ? [{ ...row, waitingOn: row.waitingOn, since: row.waitingOn.since }] : [],
  );

async function stuckCases(viewer: Viewer): Promise<StuckCases[]> {
  const overdue = await CaseModel.aggregate<{ _id: string; count: number }>([
    { $match: { status: 'waiting', 'waitingOn.until': { $lt: dayOf(clock.now()) } } },
    { $group: { _id: '$municipality', count: { $sum: 1 } } },
  ]);
  const waitingTooLong = new Map(overdue.map(({ _id, count }) => [_id, count]));
  return Promise.all(
    municipalitySlugs.map(async (municipality) => {
      const counts = await countsFor(viewer, { municipality: [municipality] });
      return {
        municipality,
        open: counts.open,
        untriaged: counts.byStatus.new ?? 0,
        late: counts.late,
        withoutLead: counts.withoutLead,
        waitingTooLong: waitingTooLong.get(municipality) ?? 0,
      };
    }),
  );
}

/** Open work of one colleague as far as the viewer sees it; resolved cases too, for somebody must confirm them. */
export async function openWorkOf(viewer: Viewer, person: string): Promise<HandOverWork> {
  ensure(mayHandOver, viewer, null);
  const colleague = (await colleaguesById(viewer)).get(person);
  if (!colleague) throw notFound();
  const found = await mine(viewer, person, { status: { $in: [...openStatuses, 'resolved'] } }, mostWork);
  const presented = await presentRows(viewer, found);
  return {
    person: colleague,
    cases: presented.map((row, index) => ({
      ...row,
      as: found[index]!.lead === person ? 'lead' : 'collaborator',
    })),
  };
}
