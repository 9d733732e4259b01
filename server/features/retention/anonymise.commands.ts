// Duty: what the retention clock does: cases closed longer than their theme's months lose whatever tells who they were about; each run is put on record.
// The case goes first, in one write that marks it; its other records follow and may be erased again and again until the mark is gone.
import type { Theme } from '../../../shared/themes.ts';
import { clock, dayOf } from '../../clock.ts';
import { report } from '../../log.ts';
import { keepEntry } from '../audit/recording.commands.ts';
import { eraseUseWordsOf } from '../campaigns/erasing.commands.ts';
import { anonymiseCase, deleteFilesOfCase, erasureDone } from '../cases/anonymising.commands.ts';
import { holdEndTold } from '../cases/holds.commands.ts';
import {
  casesAnonymisedAt,
  casesBeingErased,
  casesClosedBetween,
  casesWithHold,
  type RetainedCase,
} from '../cases/retained.queries.ts';
import { peopleToTell } from '../directory/users.queries.ts';
import { erasePersonOf } from '../identities/erasing.commands.ts';
import { eraseLetterWordsOf } from '../institutions/erasing.commands.ts';
import { tell } from '../notifications/notifications.commands.ts';
import { eraseReferralWordsOf } from '../referrals/erasing.commands.ts';
import { addTo } from './counting.ts';
import { closedBeforeIsDue, dueDay, monthsOn } from './dueDays.ts';
import { retentionChanged } from './retention.live.ts';
import { type PlaceCount, RetentionRunModel, type StoredRule } from './retention.model.ts';
import { allRules } from './rules.queries.ts';

/** In one run; the rest is the next run's. */
const mostAtOnce = 1_000;
/** A request that began before the case was marked has ended by then: what it may have put back is erased again. */
const settleMilliseconds = 10 * 60_000;

/** Safe to run twice, in two processes and after being killed anywhere. Answers how many cases it anonymised. */
export async function anonymiseDue(
  now = clock.now(),
  _lastRun: Date | null = null,
  stopping = new AbortController().signal,
): Promise<number> {
  await tellEndedHolds(now);
  await completeErasures(now);
  const rules = await allRules();
  const { due, held } = await dueCases(rules, now);
  const run = due.length > 0 ? await beginRun(now) : null;
  let done = 0;
  for (const { _id, theme } of due) {
    if (stopping.aborted) break;
    if (await orReport(_id, () => anonymiseOne(_id, rules[theme], now))) done += 1;
  }
  if (run) await RetentionRunModel.updateOne({ _id: run }, { $set: { held } });
  await endRuns(now);
  return done;
}

async function dueCases(rules: Record<Theme, StoredRule>, now: Date) {
  const today = dayOf(now);
  const due: Pick<RetainedCase, '_id' | 'theme'>[] = [];
  const held: PlaceCount[] = [];
  for (const [theme, rule] of Object.entries(rules) as [Theme, StoredRule][]) {
    const before = closedBeforeIsDue(today, monthsOn(rule, today));
    for await (const item of casesClosedBetween(theme, new Date(0), before)) {
      if (dueDay(item, rule)! <= today) {
        if (due.length < mostAtOnce) due.push({ _id: item._id, theme });
      } else if (item.hold && dueDay({ ...item, hold: null }, rule)! <= today) addTo(held, item);
    }
  }
  return { due, held };
}

/** As the case stands when it is written: reopened, held or of another theme since, it is left. */
async function anonymiseOne(id: string, rule: StoredRule, now: Date): Promise<boolean> {
  const isDue = (item: Pick<RetainedCase, 'closedAt' | 'hold' | 'theme'> & { status: string }) =>
    item.status === 'closed' && item.theme === rule._id && dueDay(item, rule)! <= dayOf(now);
  const caseFile = await anonymiseCase(null, id, isDue, now);
  if (!caseFile) return false;
  await keepEntry({
    at: now.getTime(),
    verb: 'write',
    route: 'retention.anonymised',
    by: null,
    role: null,
    ids: [id],
    filters: [],
    rows: null,
    status: 200,
    code: null,
    requestId: null,
    about: [],
  });
  await eraseAllAround(caseFile, now);
  return true;
}

/** Whatever else holds words of the case. Each is safe to repeat; the most telling first. */
async function eraseAllAround(
  { _id, municipality }: Pick<RetainedCase, '_id' | 'municipality'>,
  now: Date,
): Promise<void> {
  await erasePersonOf({ caseId: _id, municipality });
  await deleteFilesOfCase(_id);
  await eraseReferralWordsOf(_id, now);
  await eraseLetterWordsOf(_id, now);
  await eraseUseWordsOf(_id);
}

async function completeErasures(now: Date): Promise<void> {
  for await (const item of casesBeingErased())
    await orReport(item._id, async () => {
      await eraseAllAround(item, now);
      if (now.getTime() - item.anonymisedAt!.getTime() >= settleMilliseconds) await erasureDone(item._id);
    });
}

/** What fails at one case holds up no other: the next run tries again. */
async function orReport<Result>(id: string, work: () => Promise<Result>): Promise<Result | null> {
  return work().catch((error: unknown) => {
    report(error, { job: 'retention.anonymise', case: id });
    return null;
  });
}

async function beginRun(now: Date): Promise<string> {
  const _id = now.toISOString();
  const fresh = { at: now, endedAt: null, anonymised: [], held: [] };
  await RetentionRunModel.updateOne({ _id }, { $setOnInsert: fresh }, { upsert: true });
  return _id;
}

/** Counted from the cases themselves, so that a run that was killed is counted too. */
async function endRuns(now: Date): Promise<void> {
  for (const { _id, at } of await RetentionRunModel.find({ endedAt: null }).lean()) {
    const anonymised: PlaceCount[] = [];
    for await (const item of casesAnonymisedAt(at)) addTo(anonymised, item);
    await RetentionRunModel.updateOne({ _id }, { $set: { anonymised, endedAt: now } });
    retentionChanged(_id);
  }
}

/** The owner, or the coordinators where the owner is here no more, has some days left to set it anew. */
async function tellEndedHolds(now: Date): Promise<void> {
  for await (const { _id, reference, municipality, hold } of casesWithHold()) {
    if (!hold || hold.endTold || hold.until >= dayOf(now)) continue;
    const owner = await peopleToTell({ ids: [hold.by] });
    const readers = owner.length > 0 ? owner : await peopleToTell({ role: 'coordinator' });
    await tell(
      {
        caseId: _id,
        referralId: null,
        reference,
        municipality,
        source: `hold ${_id} ${hold.until}`,
        event: 'case.holdEnded',
        users: readers.map(({ id }) => id),
        guests: [],
        actor: null,
      },
      now,
    );
    await holdEndTold(_id, hold.until);
  }
}
