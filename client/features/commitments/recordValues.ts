// Duty: what the form of a promise holds, where it starts, and what is sent of it. Plain, so that it can be tested without a browser.
import type { Formality, SourceKind } from '../../../shared/commitmentLists.ts';
import type {
  CommitmentCreate,
  CommitmentPage,
  CommitmentRevise,
  SourceCreate,
} from '../../../shared/commitments.ts';
import type { Language, MunicipalitySlug } from '../../../shared/directory.ts';
import { newId } from '../../../shared/ids.ts';
import type { Theme } from '../../../shared/themes.ts';

export interface RecordValues {
  title: string;
  words: string;
  language: Language;
  themes: Theme[];
  institutionId: string;
  municipality: MunicipalitySlug | '';
  person: string;
  office: string;
  place: string;
  promisedOn: string;
  formality: Formality;
  dueOn: string;
  nextCheckOn: string;
  promised: string;
  /** `new`: described below; empty: none. */
  sourceId: string;
  page: string;
  sourceTitle: string;
  sourceKind: SourceKind;
  sourceIssuedBy: string;
  sourceDate: string;
  sourceLink: string;
  campaignIds: string[];
  issueIds: string[];
  demandId: string | null;
}

interface Start {
  language: Language;
  municipality: MunicipalitySlug | null;
  /** What the address names: the issue, campaign or institution that somebody came from. */
  from: URLSearchParams;
}

const listed = (value: string | null) => (value ? [value] : []);

export const emptyValues = ({ language, municipality, from }: Start): RecordValues => ({
  title: '',
  words: '',
  language,
  themes: [],
  institutionId: from.get('institution') ?? '',
  municipality: (from.get('municipality') as MunicipalitySlug | null) ?? municipality ?? '',
  person: '',
  office: '',
  place: '',
  promisedOn: '',
  formality: 'verbal',
  dueOn: '',
  nextCheckOn: '',
  promised: '',
  sourceId: '',
  page: '',
  sourceTitle: '',
  sourceKind: 'minutes',
  sourceIssuedBy: '',
  sourceDate: '',
  sourceLink: '',
  campaignIds: listed(from.get('campaign')),
  issueIds: listed(from.get('issue')),
  demandId: from.get('demand'),
});

export const valuesOf = (commitment: CommitmentPage): RecordValues => ({
  ...emptyValues({ language: commitment.language, municipality: null, from: new URLSearchParams() }),
  title: commitment.title,
  words: commitment.words,
  themes: commitment.themes,
  institutionId: commitment.institution?.id ?? '',
  municipality: commitment.municipality ?? '',
  person: commitment.person,
  office: commitment.office,
  place: commitment.place,
  promisedOn: commitment.promisedOn ?? '',
  formality: commitment.formality,
  dueOn: commitment.dueOn ?? '',
  sourceId: commitment.source?.id ?? '',
  page: commitment.page,
  campaignIds: commitment.campaigns.map(({ id }) => id),
  issueIds: commitment.issues.map(({ id }) => id),
  demandId: commitment.demandId,
});

export const recordFields = [
  'title',
  'words',
  'language',
  'themes',
  'institutionId',
  'municipality',
  'person',
  'office',
  'place',
  'promisedOn',
  'formality',
  'dueOn',
  'nextCheckOn',
  'budget.promised',
  'sourceId',
  'page',
  'source.title',
  'source.link',
  'source.issuedBy',
  'source.date',
] as const;
export type RecordField = (typeof recordFields)[number];

const about = (values: RecordValues, sourceId: string | null) => ({
  title: values.title,
  words: values.words,
  language: values.language,
  sourceId,
  page: values.page,
  institutionId: values.institutionId,
  municipality: values.municipality || null,
  themes: values.themes,
  person: values.person,
  office: values.office,
  place: values.place,
  promisedOn: values.promisedOn || null,
  campaignIds: values.campaignIds,
  issueIds: values.issueIds,
  demandId: values.demandId,
});

/** Ids are given: sending again makes nothing twice. */
export function recordingOf(
  values: RecordValues,
  ids: { commitment: string; source: string; file: string },
  file: File | null,
) {
  const isNew = values.sourceId === 'new';
  const source: SourceCreate | null = isNew
    ? {
        id: ids.source,
        title: values.sourceTitle,
        kind: values.sourceKind,
        issuedBy: values.sourceIssuedBy,
        date: values.sourceDate || null,
        language: values.language,
        link: values.sourceLink || null,
      }
    : null;
  const commitment: CommitmentCreate = {
    id: ids.commitment,
    ...about(values, isNew ? ids.source : values.sourceId || null),
    formality: values.formality,
    dueOn: values.dueOn || null,
    nextCheckOn: values.nextCheckOn || null,
    budget: {
      promised: values.promised.trim() ? Number(values.promised.replace(',', '.')) : null,
      approved: null,
      spent: null,
    },
  };
  return { source, file: source && file ? { id: ids.file, content: file } : null, commitment };
}

/** Only what was changed is sent, so that a correction never undoes another's. */
export function revisionOf(values: RecordValues, before: CommitmentPage): CommitmentRevise {
  const was: Record<string, unknown> = about(valuesOf(before), before.source?.id ?? null);
  const now = about(values, values.sourceId || null);
  const changed = Object.entries(now).filter(
    ([key, value]) => JSON.stringify(value) !== JSON.stringify(was[key]),
  );
  return { version: before.version, ...Object.fromEntries(changed) };
}

export const freshIds = () => ({ commitment: newId(), source: newId(), file: newId() });
