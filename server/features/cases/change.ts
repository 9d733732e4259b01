// Duty: how one command changes one case: read through the scope, decide, write if nobody was faster, else decide again; then tell.
import { openStatuses, urgencies } from '../../../shared/cases.ts';
import { clock } from '../../clock.ts';
import { conflict, unavailable } from '../../errors.ts';
import type { Viewer } from '../../policy.ts';
import { tellShiftOfAll } from '../identities/consents.commands.ts';
import { caseChanged } from './cases.live.ts';
import { type CaseFile, CaseModel, noDay, type StoredEntry } from './cases.model.ts';
import { isAnonymised } from './cases.policy.ts';
import { caseFor } from './cases.queries.ts';
import { placeNames } from './places.ts';
import { searchTermsOf } from './searchTerms.ts';
import { themeWords } from './themeWords.ts';

/** What a command wants of a case: new values, and the line of history that says so. Several fields, one entry. */
export interface Edit {
  set: Partial<CaseFile>;
  entry: Omit<StoredEntry, 'at' | 'by'>;
  /** Fields whose change others must not overwrite unseen. */
  touches?: string[];
  /** What becomes of the lines of history before; else they stay as they are. */
  history?: StoredEntry[];
}

/** Decides what becomes of the case as it stands; null when there is nothing to change. May be asked again. */
export type Decide = (caseFile: CaseFile) => Edit | null | Promise<Edit | null>;

const mostAttempts = 8;
const searchedFields = [
  'title',
  'description',
  'need',
  'municipality',
  'settlement',
  'theme',
  'subTheme',
] as const;

/** The case after the change. Throws 404 when the viewer does not see it, and whatever `decide` throws. */
export async function changeCase(
  viewer: Viewer,
  id: string,
  decide: Decide,
  now = clock.now(),
): Promise<CaseFile> {
  return changeCaseBehind(viewer.id, id, () => caseFor(viewer, id), decide, now);
}

/** The same for those whose right comes from elsewhere, an accepted referral: `load` proves it. Null: the system itself. */
export async function changeCaseBehind(
  actor: string | null,
  id: string,
  load: () => Promise<CaseFile>,
  decide: Decide,
  now: Date,
): Promise<CaseFile> {
  return oneByOne(id, async () => {
    for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
      const before = await load();
      const edit = await decide(before);
      if (!edit) return before;
      const after = await write(before, edit, actor, now);
      if (!after) continue;
      caseChanged(before, after, actor);
      // Other consents count from now on.
      if (before.concernsChild !== after.concernsChild) await tellShiftOfAll(id, actor);
      return after;
    }
    throw unavailable(1, 'case.busy');
  });
}

/** Per case, the last change under way in this process. */
const underWay = new Map<string, Promise<unknown>>();

/** Changes of one case wait for each other here instead of failing on each other's versions; other processes meet in `write`. */
export async function oneByOne<Result>(id: string, work: () => Promise<Result>): Promise<Result> {
  const earlier = underWay.get(id) ?? Promise.resolve();
  const mine = earlier.then(work, work);
  underWay.set(id, mine);
  try {
    return await mine;
  } finally {
    if (underWay.get(id) === mine) underWay.delete(id);
  }
}

async function write(
  before: CaseFile,
  edit: Edit,
  actor: string | null,
  now: Date,
): Promise<CaseFile | null> {
  const version = before.version + 1;
  const fieldVersions = { ...before.fieldVersions };
  for (const field of edit.touches ?? []) fieldVersions[field] = version;
  const entry: StoredEntry = { at: now, by: actor, ...edit.entry };
  const set: Partial<CaseFile> = {
    ...edit.set,
    version,
    fieldVersions,
    changedAt: now,
    changedBy: actor,
  };
  Object.assign(set, derived({ ...before, ...set }));
  if (searchedFields.some((field) => field in edit.set)) {
    set.searchTerms = await searchTermsFor({ ...before, ...set });
  }
  const written = await CaseModel.collection.updateOne(
    { _id: before._id as never, version: before.version },
    edit.history
      ? { $set: { ...set, history: [...edit.history, entry] } }
      : { $set: set, $push: { history: entry as never } },
  );
  if (written.matchedCount === 0) return null;
  return { ...before, ...set, history: [...(edit.history ?? before.history), entry] };
}

export function refuseAnonymised(caseFile: CaseFile): void {
  if (isAnonymised(caseFile)) throw conflict('case.anonymised', { version: caseFile.version });
}

/** What follows from other fields and is kept for sorting and ranges. */
export function derived(
  caseFile: Pick<CaseFile, 'plan' | 'status' | 'urgency'>,
): Pick<CaseFile, 'nextStep' | 'nextDue' | 'urgencyRank'> {
  const [next] = caseFile.plan
    .filter((step) => !step.doneAt)
    .sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0));
  const nextStep = next
    ? { id: next.id, title: next.title, template: next.template ?? null, due: next.due }
    : null;
  const isOpen = openStatuses.includes(caseFile.status);
  return {
    nextStep,
    nextDue: nextStep && isOpen ? nextStep.due : noDay,
    urgencyRank: urgencies.indexOf(caseFile.urgency),
  };
}

export async function searchTermsFor(
  caseFile: Pick<CaseFile, 'reference' | (typeof searchedFields)[number]>,
): Promise<string[]> {
  const places = await placeNames(caseFile.municipality, caseFile.settlement);
  return searchTermsOf(
    caseFile.reference,
    [...places, ...themeWords(caseFile.theme, caseFile.subTheme)],
    [caseFile.title, caseFile.need, caseFile.description],
  );
}
