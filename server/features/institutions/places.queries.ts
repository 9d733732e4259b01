// Duty: which letters nobody answers, by municipality, for whoever asks; names of the duty bearers that records name. For the map and its briefing.
import type { MunicipalitySlug } from '../../../shared/directory.ts';
import { officeId } from '../../../shared/institutionLists.ts';
import type { Viewer } from '../../policy.ts';
import { casesSeenAmong } from '../cases/cases.queries.ts';
import { type InstitutionEntry, InstitutionModel } from './institutions.model.ts';
import { type LetterFile, LetterModel } from './letters.model.ts';
import { seesLetters } from './letters.policy.ts';
import { type LetterQuestion, lettersVisibleTo, unansweredParts } from './letters.queries.ts';

const told = {
  reference: 1,
  kind: 1,
  rung: 1,
  subject: 1,
  institutionId: 1,
  municipality: 1,
  status: 1,
  author: 1,
  caseId: 1,
  sentOn: 1,
  dueOn: 1,
  silentOn: 1,
  answeredOn: 1,
  changedAt: 1,
} as const;
export type UnansweredLetter = Pick<LetterFile, '_id' | keyof typeof told>;

const most = 2_000;

/** Silent and refused ones first, then those past their day; of each, what waits longest first. Null: of no municipality. */
export async function unansweredLettersIn(
  viewer: Viewer,
  municipalities: readonly (MunicipalitySlug | null)[],
  today: string,
): Promise<UnansweredLetter[]> {
  if (!seesLetters(viewer)) return [];
  const scope = await lettersVisibleTo(viewer);
  const find = (question: LetterQuestion) =>
    LetterModel.find({ $and: [scope, { municipality: { $in: [...municipalities] } }, question] }, told)
      .sort({ dueOn: 1, _id: -1 })
      .limit(most)
      .lean<UnansweredLetter[]>();
  const letters = (await Promise.all(unansweredParts(today).map(find))).flat();
  if (viewer.role === 'coordinator') return letters;
  const seen = await casesSeenAmong(
    viewer,
    letters.flatMap(({ caseId }) => caseId ?? []),
  );
  return letters.filter(({ caseId }) => caseId === null || seen.has(caseId));
}

interface Named {
  institutionId: string | null;
  municipality: MunicipalitySlug | null;
}
export type NameOfBearer = (record: Named) => InstitutionEntry['names'] | null;

/** The office where a kind of office and a municipality are named, else the documented one. */
export async function bearerNames(records: readonly Named[]): Promise<NameOfBearer> {
  const idsOf = ({ institutionId, municipality }: Named) =>
    institutionId ? [...(municipality ? [officeId(institutionId, municipality)] : []), institutionId] : [];
  const ids = [...new Set(records.flatMap(idsOf))];
  const found =
    ids.length > 0
      ? await InstitutionModel.find({ _id: { $in: ids } }, { names: 1 }).lean<InstitutionEntry[]>()
      : [];
  const names = new Map(found.map((entry) => [entry._id, entry.names]));
  return (record) => {
    const id = idsOf(record).find((one) => names.has(one));
    return (id && names.get(id)) || null;
  };
}
