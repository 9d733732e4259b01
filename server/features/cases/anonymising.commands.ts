// Duty: take from a case whatever may tell who it was about, in one write, and delete its files. When that is due: the retention slice.
// What stays is what figures count: theme, place as a municipality, days, status, outcome, number and ages of people.
import type { CasePage } from '../../../shared/caseViews.ts';
import { noTitle } from '../../../shared/retention.ts';
import { deleteFilesOf } from '../../files/kept.ts';
import { caseAnonymised } from './cases.live.ts';
import { type CaseFile, CaseModel, type StoredEntry } from './cases.model.ts';
import { caseBehindReferral } from './cases.queries.ts';
import { changeCaseBehind } from './change.ts';

/**
 * Nothing when it was done before, or when the case as it stands is not to be: it was reopened or held meanwhile. The case says
 * from this write on that other records of it are being erased, until `erasureDone`.
 */
export async function anonymiseCase(
  actor: string | null,
  id: string,
  isDue: (caseFile: CaseFile) => boolean,
  now: Date,
): Promise<CaseFile | null> {
  let done = false;
  const caseFile = await changeCaseBehind(
    actor,
    id,
    () => caseBehindReferral(id),
    (before) => {
      done = !before.anonymisedAt && isDue(before);
      return done
        ? {
            set: { ...nothingTold, anonymisedAt: now, erasurePending: true },
            entry: { what: 'anonymised' },
            history: before.history.map(withoutWords),
          }
        : null;
    },
    now,
  );
  if (!done) return null;
  caseAnonymised(caseFile, actor);
  return caseFile;
}

/** A language, as much as a name, can tell of one family which it is. */
const nothingTold = {
  title: noTitle,
  description: noTitle,
  need: '',
  settlement: null,
  precision: 'municipality',
  language: 'sq',
  interpreterNeeded: false,
  waitingOn: null,
  duplicateOf: null,
  receiptHash: null,
  plan: [],
  notes: [],
  evidence: [],
  hold: null,
} satisfies Partial<CaseFile> & Partial<Record<keyof CasePage, unknown>>;

const withoutWords = ({ reason: _, ...entry }: StoredEntry): StoredEntry => entry;

/** Photos and papers, those of an upload cut short too. Safe to repeat. */
export const deleteFilesOfCase = (id: string): Promise<void> => deleteFilesOf({ kind: 'case', id });

export async function erasureDone(id: string): Promise<void> {
  await CaseModel.updateOne({ _id: id }, { $unset: { erasurePending: 1 } });
}
