// Duty: the read log in pages for the administrator, its summary, and who has opened one case. Found by index, never by content.
import type { QueryFilter } from 'mongoose';
import type { AuditPage, AuditQuery, AuditRow, AuditSummary, CaseReaders } from '../../../shared/audit.ts';
import { isDenial } from '../../../shared/auditLists.ts';
import { clock, dayAfter, dayOf, startOfDay } from '../../clock.ts';
import { ensure, type Viewer } from '../../policy.ts';
import { caseOfReference, caseReferences } from '../cases/references.queries.ts';
import { organisationNamesByIds } from '../directory/organisations.queries.ts';
import { colleaguesById } from '../directory/users.queries.ts';
import type { SubjectFor } from '../identities/identities.policy.ts';
import { type AuditAnchor, AuditAnchorModel, type AuditBlock, AuditBlockModel } from './audit.model.ts';
import { mayReadAudit, mayReadCaseReaders } from './audit.policy.ts';
import { denied, entryOf, linesIn, type NumberedEntry } from './entries.ts';
import { flushAudit } from './recording.commands.ts';

/** A page that finds little gives up here and says where to go on. */
const mostBlocks = 400;
const newestFirst = { at: -1, _id: -1 } as const;

interface Wanted extends Pick<AuditQuery, 'by' | 'verb' | 'denied'> {
  record?: string | undefined;
  /** Milliseconds since 1970. */
  from: number;
  before: number;
}
const everything: Wanted = { from: 0, before: Number.POSITIVE_INFINITY };
/** A group is written within a second or so; its time is that of its last entry. */
const longestGroup = 60_000;

function blocksFor({ by, record, verb, denied: onlyDenied, from, before }: Wanted): QueryFilter<AuditBlock> {
  const at = {
    ...(from > 0 ? { $gte: new Date(from) } : {}),
    ...(before < Number.POSITIVE_INFINITY ? { $lt: new Date(before + longestGroup) } : {}),
  };
  const kinds = [...(verb ? [verb] : []), ...(onlyDenied ? [denied] : [])];
  return {
    ...(Object.keys(at).length > 0 ? { at } : {}),
    ...(record ? { records: record } : {}),
    ...(by ? { people: by } : {}),
    ...(kinds.length > 0 ? { kinds: { $all: kinds } } : {}),
  };
}

function isWanted(entry: NumberedEntry, wanted: Wanted): boolean {
  const { by, record, verb, denied: onlyDenied, from, before } = wanted;
  return (
    (!by || entry.by === by) &&
    (!record || entry.ids.includes(record)) &&
    (!verb || entry.verb === verb) &&
    (!onlyDenied || isDenial(entry.status)) &&
    entry.at >= from &&
    entry.at < before
  );
}

interface Found {
  block: AuditBlock;
  entry: NumberedEntry;
}

/** Newest first, from the cursor on. */
async function pageOf(
  wanted: Wanted,
  cursor: string | undefined,
  limit: number,
): Promise<{ found: Found[]; next: string | null }> {
  const [at, id, left] = cursor?.split('~') ?? [];
  const after = at
    ? { $or: [{ at: { $lt: new Date(Number(at)) } }, { at: new Date(Number(at)), _id: { $lte: id } }] }
    : {};
  const blocks = AuditBlockModel.find({ $and: [blocksFor(wanted), after] })
    .sort(newestFirst)
    .limit(mostBlocks + 1)
    .lean<AuditBlock>()
    .cursor();
  const found: Found[] = [];
  let looked = 0;
  for await (const block of blocks) {
    const entries = linesIn(block).map(entryOf);
    let index = block._id === id ? Math.min(Number(left), entries.length) : entries.length;
    looked += 1;
    if (looked > mostBlocks) return { found, next: `${block.at.getTime()}~${block._id}~${index}` };
    while (index > 0) {
      if (found.length === limit) return { found, next: `${block.at.getTime()}~${block._id}~${index}` };
      index -= 1;
      const entry = entries[index];
      if (entry && isWanted(entry, wanted)) found.push({ block, entry });
    }
  }
  return { found, next: null };
}

export async function readLogFor(viewer: Viewer, query: AuditQuery): Promise<AuditPage> {
  ensure(mayReadAudit, viewer, null);
  const { record: asked, cursor, limit, from, to, ...rest } = query;
  const isReference = asked !== undefined && !/^[0-9a-f-]{36}$/i.test(asked);
  const record = isReference ? await caseOfReference(asked.toUpperCase()) : asked?.toLowerCase();
  if (record === null) return { data: [], next: null };
  await flushAudit();
  const { found, next } = await pageOf(
    {
      ...rest,
      record,
      from: from ? startOfDay(from).getTime() : everything.from,
      before: to ? startOfDay(dayAfter(to, 1)).getTime() : everything.before,
    },
    cursor,
    limit,
  );
  return { data: await presentRows(viewer, found), next };
}

async function presentRows(viewer: Viewer, found: readonly Found[]): Promise<AuditRow[]> {
  const ids = [...new Set(found.flatMap(({ entry }) => entry.ids))];
  const [references, name] = await Promise.all([
    caseReferences(ids),
    namesFor(
      viewer,
      found.map(({ entry }) => entry.by),
    ),
  ]);
  return found.map(({ block, entry }) => ({
    id: `${block.chain}:${entry.n}`,
    at: new Date(entry.at).toISOString(),
    verb: entry.verb,
    route: entry.route,
    by: entry.by ? { id: entry.by, name: name(entry.by), role: entry.role } : null,
    records: entry.ids.map((id) => ({ id, reference: references.get(id) ?? null })),
    filters: [...entry.filters],
    rows: entry.rows,
    status: entry.status,
    denied: isDenial(entry.status),
    code: entry.code,
    requestId: entry.requestId,
    about: [...entry.about],
  }));
}

/** People's names, and those of organisations that came through a link. */
async function namesFor(viewer: Viewer, ids: readonly (string | null)[]) {
  const colleagues = await colleaguesById(viewer);
  const others = [...new Set(ids.filter((id): id is string => id !== null && !colleagues.has(id)))];
  const organisations = others.length > 0 ? await organisationNamesByIds(others) : null;
  return (id: string): string | null => colleagues.get(id)?.name ?? organisations?.get(id)?.name ?? null;
}

const summaryDays = 14;

export async function auditSummaryFor(viewer: Viewer): Promise<AuditSummary> {
  ensure(mayReadAudit, viewer, null);
  await flushAudit();
  const now = clock.now();
  const today = dayOf(now);
  const days = Array.from({ length: summaryDays }, (_, index) => dayAfter(today, index - summaryDays + 1));
  const [sums, refused, check] = await Promise.all([
    Promise.all(days.map(sumOf)),
    refusedSince(viewer, new Date(now.getTime() - 86_400_000)),
    AuditAnchorModel.findOne({ kind: 'checked' }).sort({ _id: -1 }).lean<AuditAnchor>(),
  ]);
  const found =
    check && (JSON.parse(check.found) as Omit<NonNullable<AuditSummary['check']>, 'at' | 'sound'>);
  return {
    days: sums,
    refused,
    check: check && found ? { ...found, at: check.at.toISOString(), sound: found.faults.length === 0 } : null,
  };
}

async function sumOf(day: string): Promise<AuditSummary['days'][number]> {
  const [sum] = await AuditBlockModel.aggregate<{ entries: number; denied: number }>([
    { $match: { at: { $gte: startOfDay(day), $lt: startOfDay(dayAfter(day, 1)) } } },
    { $group: { _id: null, entries: { $sum: '$count' }, denied: { $sum: '$denied' } } },
  ]);
  return { day, entries: sum?.entries ?? 0, denied: sum?.denied ?? 0 };
}

async function refusedSince(viewer: Viewer, since: Date): Promise<AuditSummary['refused']> {
  const blocks = await AuditBlockModel.find({ kinds: denied, at: { $gte: since } })
    .sort(newestFirst)
    .limit(mostBlocks)
    .lean<AuditBlock[]>();
  const times = new Map<string | null, { entry: NumberedEntry; times: number }>();
  for (const block of blocks)
    for (const entry of linesIn(block).map(entryOf))
      if (entry && isDenial(entry.status))
        times.set(entry.by, { entry, times: (times.get(entry.by)?.times ?? 0) + 1 });
  const most = [...times.values()].sort((a, b) => b.times - a.times).slice(0, 5);
  const name = await namesFor(
    viewer,
    most.map(({ entry }) => entry.by),
  );
  return most.map(({ entry: { by, role }, times }) => ({
    by: by ? { id: by, name: name(by), role } : null,
    times,
  }));
}

const mostReadings = 5_000;
/** A page asks for several things of a case at once: that is one opening. */
const oneOpening = 10 * 60_000;

/** "Who has opened this case": everybody whose reading of it was answered, the latest first. */
export async function caseReadersFor(
  viewer: Viewer,
  id: string,
  subjectFor: SubjectFor,
): Promise<CaseReaders> {
  ensure(mayReadCaseReaders, viewer, await subjectFor(viewer, id));
  await flushAudit();
  const { found, next } = await pageOf({ ...everything, record: id }, undefined, mostReadings);
  const readers = new Map<string, { by: string; first: number; last: number; times: number }>();
  for (const { entry } of found) {
    if (!entry.by || entry.status >= 400 || !entry.route.startsWith('GET /api/')) continue;
    const known = readers.get(entry.by);
    if (!known) readers.set(entry.by, { by: entry.by, first: entry.at, last: entry.at, times: 1 });
    else {
      // Newest first: what is known of began later.
      if (known.first - entry.at > oneOpening) known.times += 1;
      known.first = Math.min(known.first, entry.at);
    }
  }
  const colleagues = await colleaguesById(viewer);
  const name = await namesFor(viewer, [...readers.keys()]);
  const oldest = found.at(-1)?.entry.at;
  return {
    data: [...readers.values()]
      .sort((a, b) => b.last - a.last)
      .map(({ by, first, last, times }) => ({
        by: colleagues.get(by) ?? null,
        organisation: colleagues.has(by) ? null : name(by),
        first: new Date(first).toISOString(),
        last: new Date(last).toISOString(),
        times,
      })),
    since: next && oldest ? new Date(oldest).toISOString() : null,
  };
}
