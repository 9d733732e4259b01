// Duty: keep this process's case index in step: load all, take what is changed here at once, catch up with other processes. No counting.
import { clock, dayOf } from '../../clock.ts';
import { changesElsewhere } from '../../database/connect.ts';
import { onHeard } from '../../live/publish.ts';
import { report } from '../../log.ts';
import { groupsOf } from './caseGroups.ts';
import { CaseIndex, type IndexedCase } from './caseIndex.ts';
import { dayNumber } from './caseIndexFilter.ts';
import { noDay } from './cases.model.ts';
import {
  type CaseForIndex,
  caseCountForIndex,
  casesForIndex,
  caseVersionsSince,
  everyCaseForIndex,
  everyCaseWords,
} from './cases.queries.ts';
import { pageMemory } from './pageMemory.ts';

const catchUpMilliseconds = 1_000;
/** Clocks of processes differ, and a save may land after a later one: look back this far at every catch-up. */
const overlapMilliseconds = 3_000;
/** What is looked back at an answer's own catch-up; what was saved slower than this is found by the next regular one. */
const answerOverlapMilliseconds = 500;
/** Where the database tells of changes and tells of none, a catch-up looks only so often, for what nobody can think of. */
const idleCatchUps = 30;
const recountMilliseconds = 60_000;
/** How long a search waits for words that are still being read after a start. */
const longestWaitMilliseconds = 5_000;

const indexed = (item: CaseForIndex): IndexedCase => ({
  id: item._id,
  version: item.version,
  reference: item.reference,
  municipality: item.municipality,
  settlement: item.settlement,
  precision: item.precision,
  subTheme: item.subTheme,
  status: item.status,
  urgency: item.urgency,
  outcome: item.outcome,
  confirmedBy: item.confirmedBy,
  lead: item.lead,
  guests: item.sharedWith,
  groups: groupsOf(item),
  loggedAt: item.loggedAt.getTime(),
  loggedDay: dayNumber(dayOf(item.loggedAt)),
  nextStepDay: item.nextDue === noDay ? null : dayNumber(item.nextDue),
});

const today = () => dayNumber(dayOf(clock.now()));

class CaseIndexFeed {
  #index = new CaseIndex(today);
  #loaded: Promise<void>;
  #words: Promise<void> = Promise.resolve();
  #stale = new Set<string>();
  #reloading: Promise<void> | null = null;
  /** When the latest change known here was made, in milliseconds since 1970. */
  #newest: number;
  #elsewhere: bigint | null = null;
  /** The same at the last regular catch-up, and how many were spared since. */
  #caughtUp: { count: bigint | null; spared: number } = { count: null, spared: 0 };
  #heeding: { upTo: bigint; done: Promise<void> } | null = null;
  #counter: number | null = null;
  #stopped = false;
  #isLoaded = false;
  readonly #ends: (() => void)[] = [];

  constructor() {
    this.#newest = Date.now();
    this.#loaded = this.#load(this.#index).then(() => {
      this.#isLoaded = true;
    });
    this.#ends.push(
      onHeard((name, change) => {
        if (name === 'case.logged' || name === 'case.changed' || name === 'case.withdrawn')
          this.#mark(change.id, (change as { version: number }).version);
      }),
      every(catchUpMilliseconds, () => this.#catchUpIfNeeded()),
      every(recountMilliseconds, () => this.#recount()),
    );
  }

  /**
   * The index, loaded, with everything that was acknowledged before now, by this process or, where the database tells of
   * changes, by any other. Elsewhere what others change is here within about a second.
   */
  async ready(): Promise<CaseIndex> {
    await this.#loaded;
    await this.#heedOthers();
    while (this.#stale.size > 0 || this.#reloading) await this.#reload();
    return this.#index;
  }

  /** The same, or null while it is still being loaded: for what can be answered without. */
  async readyNow(): Promise<CaseIndex | null> {
    return this.#isLoaded ? this.ready() : null;
  }

  /** Answers that wait at the same time share one look. */
  async #heedOthers(): Promise<void> {
    for (;;) {
      const count = changesElsewhere();
      if (count === null || count === this.#elsewhere) return;
      if (!this.#heeding) {
        const done = this.#readChanges(answerOverlapMilliseconds).then(() => {
          this.#elsewhere = count;
        });
        this.#heeding = {
          upTo: count,
          done: done.finally(() => {
            this.#heeding = null;
          }),
        };
      }
      const { upTo, done } = this.#heeding;
      await done;
      if (upTo >= count) return;
    }
  }

  /** A case as it was just saved: spares reading it again. */
  take(item: CaseForIndex): void {
    this.#put(item);
  }

  /** A case whose words did not change comes without them and keeps those it has. */
  #put(item: CaseForIndex): void {
    this.#index.put(indexed(item));
    if (item.searchTerms) this.#index.words.put(this.#index.rowOf(item._id), item.searchTerms, item.loggedAt);
  }

  /** Reads what other processes changed since the last look. */
  async catchUp(): Promise<void> {
    await this.#loaded;
    await this.#readChanges(overlapMilliseconds);
  }

  /** What this process changed itself it knows; reading thousands of its own changes every second held up everybody. */
  async #catchUpIfNeeded(): Promise<void> {
    const count = changesElsewhere();
    const { count: before, spared } = this.#caughtUp;
    if (count !== null && count === before && spared < idleCatchUps) {
      this.#caughtUp.spared += 1;
      return;
    }
    await this.catchUp();
    this.#caughtUp = { count, spared: 0 };
  }

  async #readChanges(lookBackMilliseconds: number): Promise<void> {
    // A clock that was set back makes changes that look older than what is known.
    const from = Math.min(this.#newest, Date.now()) - lookBackMilliseconds;
    for await (const { _id, version, changedAt } of caseVersionsSince(new Date(from))) {
      this.#mark(_id, version);
      this.#newest = Math.max(this.#newest, changedAt.getTime());
    }
    if (this.#stale.size > 0) await this.#reload();
  }

  stop(): void {
    this.#stopped = true;
    for (const end of this.#ends) end();
  }

  #mark(id: string, version: number): void {
    if (this.#index.versionOf(id) < version) this.#stale.add(id);
  }

  #reload(): Promise<void> {
    this.#reloading ??= this.#reloadNow().finally(() => {
      this.#reloading = null;
    });
    return this.#reloading;
  }

  async #reloadNow(): Promise<void> {
    const ids = [...this.#stale];
    this.#stale.clear();
    for (let first = 0; first < ids.length; first += 1_000) {
      const some = ids.slice(first, first + 1_000);
      const found = await casesForIndex(some);
      for (const item of found) this.#put(item);
      const missing = new Set(some);
      for (const item of found) missing.delete(item._id);
      for (const id of missing) this.#index.drop(id);
    }
  }

  async #load(index: CaseIndex): Promise<void> {
    this.#newest = Date.now();
    index.reserve(await caseCountForIndex());
    for await (const item of everyCaseForIndex()) index.put(indexed(item));
    this.#words = this.#loadWords(index).catch((error: unknown) => report(error, { where: 'caseWords' }));
  }

  /** The index with all its words; null when they are not there soon. */
  async withWords(): Promise<CaseIndex | null> {
    await this.#loaded;
    const tooLong = new Promise<void>((resolve) => setTimeout(resolve, longestWaitMilliseconds).unref());
    if (!this.#index.words.complete) await Promise.race([this.#words, tooLong]);
    const index = await this.ready();
    return index.words.complete ? index : null;
  }

  /** Words take longer than everything else together: until they are there, a search waits, or reads along the list. */
  async #loadWords(index: CaseIndex): Promise<void> {
    for await (const { _id, searchTerms, loggedAt } of everyCaseWords()) {
      if (this.#stopped) return;
      const row = index.rowOf(_id);
      if (row >= 0 && !index.words.has(row)) index.words.put(row, searchTerms, loggedAt);
    }
    index.words.finish();
  }

  /** A case that another process erased leaves no trace to catch up with: when the number stays wrong, all is read anew. */
  async #recount(): Promise<void> {
    await this.#loaded;
    const count = await caseCountForIndex();
    const differs = count !== (await this.ready()).size;
    const twice = differs && this.#counter === count;
    this.#counter = differs ? count : null;
    if (!twice) return;
    const index = new CaseIndex(today);
    await this.#load(index);
    this.#index = index;
  }
}

function every(milliseconds: number, act: () => Promise<void>): () => void {
  let running = false;
  const timer = setInterval(() => {
    if (running) return;
    running = true;
    act()
      .catch((error: unknown) => report(error, { where: 'caseIndexFeed' }))
      .finally(() => {
        running = false;
      });
  }, milliseconds);
  timer.unref();
  return () => clearInterval(timer);
}

let feed: CaseIndexFeed | null = null;

/** Begins to load in the background; called again (a new database), it begins anew. */
export function startCaseIndex(): void {
  feed?.stop();
  pageMemory.clear();
  feed = new CaseIndexFeed();
}

/** Waits for loading and for changes made through this process; the first call starts it where nobody did. */
export async function caseIndex(): Promise<CaseIndex> {
  if (!feed) startCaseIndex();
  return feed!.ready();
}

/** The index where it is loaded, without waiting for that. */
export async function caseIndexNow(): Promise<CaseIndex | null> {
  return feed ? feed.readyNow() : null;
}

/** The index once it knows all words, waiting a little for them; null when they are not there by then. */
export async function caseIndexWithWords(): Promise<CaseIndex | null> {
  return feed ? feed.withWords() : null;
}

/** The version a case has now, whoever changed it last; null where only the database can say. */
export async function provenVersionOf(id: string): Promise<number | null> {
  if (changesElsewhere() === null) return null;
  return (await caseIndexNow())?.versionOf(id) || null;
}

/** True when no case has this id as far as is known here: a look at the database is spared, the insert decides. */
export async function isNewHere(id: string): Promise<boolean> {
  const index = await caseIndexNow();
  return index !== null && index.versionOf(id) === 0;
}

/** Tells the index of a case that this process just saved. Before the index is started there is nothing to tell. */
export function indexCase(item: CaseForIndex): void {
  feed?.take(item);
}

/** For those that write behind the commands' back (seeds, tests): counts are right once this resolves. */
export async function catchUpCaseIndex(): Promise<void> {
  await feed?.catchUp();
}
