// Duty: the privacy projection of a case: as a row and as a page, for the team and coordinators, and for partners. No document passes.
import type { Answer } from '../../../shared/api.ts';
import { type CaseAbility, openStatuses } from '../../../shared/cases.ts';
import type { CaseEvent, CasePage, CaseRow, Evidence, HistoryEntry } from '../../../shared/caseViews.ts';
import type { Colleague } from '../../../shared/directory.ts';
import type { TextWarning } from '../../../shared/personalData.ts';
import { clock, dayOf } from '../../clock.ts';
import type { KeptFile } from '../../files/kept.ts';
import { abilitiesOf, type Viewer } from '../../policy.ts';
import { colleaguesById } from '../directory/users.queries.ts';
import type { CaseFile, StoredEntry } from './cases.model.ts';
import { caseRules } from './cases.policy.ts';
import { referenceFor } from './cases.queries.ts';

type Names = ReadonlyMap<string, Colleague>;

/** The fields a row needs, for reading no more than these. */
export const rowFields = {
  version: 1,
  reference: 1,
  title: 1,
  kind: 1,
  theme: 1,
  subTheme: 1,
  municipality: 1,
  settlement: 1,
  precision: 1,
  status: 1,
  urgency: 1,
  urgencyRank: 1,
  lead: 1,
  nextStep: 1,
  nextDue: 1,
  waitingOn: 1,
  'people.count': 1,
  loggedAt: 1,
  changedAt: 1,
  example: 1,
} as const;
export type CaseForRow = Pick<CaseFile, '_id' | 'people' | Exclude<keyof typeof rowFields, 'people.count'>>;

const waitingOn = ({ waitingOn }: Pick<CaseFile, 'waitingOn'>) =>
  waitingOn && { ...waitingOn, since: waitingOn.since.toISOString() };

/**
 * Of a case that is open alone: nobody is to visit a person who withdrew because a step was left in the plan. Those kept
 * before templates had keys have none.
 */
const nextStep = ({ nextStep, status }: Pick<CaseFile, 'nextStep' | 'status'>) =>
  nextStep && openStatuses.includes(status) ? { ...nextStep, template: nextStep.template ?? null } : null;

function presentRowForTeam(caseFile: CaseForRow, names: Names, today: string): CaseRow {
  const lead = caseFile.lead ? names.get(caseFile.lead) : undefined;
  return {
    id: caseFile._id,
    version: caseFile.version,
    reference: caseFile.reference,
    title: caseFile.title,
    kind: caseFile.kind,
    theme: caseFile.theme,
    subTheme: caseFile.subTheme,
    municipality: caseFile.municipality,
    settlement: caseFile.settlement,
    status: caseFile.status,
    urgency: caseFile.urgency,
    lead: lead ? { id: lead.id, name: lead.name } : null,
    nextStep: nextStep(caseFile),
    late: caseFile.nextDue < today,
    waitingOn: waitingOn(caseFile),
    peopleCount: caseFile.people.count,
    loggedAt: caseFile.loggedAt.toISOString(),
    changedAt: caseFile.changedAt.toISOString(),
    example: caseFile.example,
  };
}

/** Outside the team a place is as precise as the case says, no more. */
const placeForPartner = ({ precision, settlement }: Pick<CaseFile, 'precision' | 'settlement'>) =>
  precision === 'settlement' ? settlement : null;

function presentRowForPartner(caseFile: CaseForRow, names: Names, today: string): CaseRow {
  return { ...presentRowForTeam(caseFile, names, today), settlement: placeForPartner(caseFile) };
}

/** Rows for whoever is asking. */
export async function presentRows(viewer: Viewer, caseFiles: CaseForRow[]): Promise<CaseRow[]> {
  const names = await colleaguesById(viewer);
  const today = dayOf(clock.now());
  const present = viewer.role === 'cso_member' ? presentRowForPartner : presentRowForTeam;
  return caseFiles.map((caseFile) => present(caseFile, names, today));
}

function presentEvidence(evidence: KeptFile, names: Names): Evidence {
  const { id, kind, name, size, mediaType, at, by, thumbnail } = evidence;
  return {
    id,
    kind,
    name,
    size,
    mediaType,
    at: at.toISOString(),
    by: names.get(by) ?? null,
    hasThumbnail: thumbnail !== null,
  };
}

function presentEntry(entry: StoredEntry, names: Names): HistoryEntry {
  return {
    at: entry.at.toISOString(),
    by: (entry.by && names.get(entry.by)) || null,
    what: entry.what,
    move: entry.move ?? null,
    from: entry.from ?? null,
    to: entry.to ?? null,
    reason: entry.reason ?? null,
    fields: entry.fields ?? [],
    person: (entry.person && names.get(entry.person)) || null,
    issue: entry.issue ?? null,
    outcome: entry.outcome ?? null,
    confirmedBy: entry.confirmedBy ?? null,
  };
}

function presentPageForTeam(
  caseFile: CaseFile,
  names: Names,
  duplicateOf: CasePage['duplicateOf'],
): CasePage {
  const colleague = (id: string | null) => (id && names.get(id)) || null;
  return {
    id: caseFile._id,
    version: caseFile.version,
    reference: caseFile.reference,
    kind: caseFile.kind,
    theme: caseFile.theme,
    subTheme: caseFile.subTheme,
    title: caseFile.title,
    description: caseFile.description,
    need: caseFile.need,
    municipality: caseFile.municipality,
    settlement: caseFile.settlement,
    precision: caseFile.precision,
    people: caseFile.people,
    urgency: caseFile.urgency,
    concernsChild: caseFile.concernsChild,
    guardianConsent: caseFile.guardianConsent,
    consentBasis: caseFile.consentBasis,
    language: caseFile.language,
    interpreterNeeded: caseFile.interpreterNeeded,
    status: caseFile.status,
    waitingOn: waitingOn(caseFile),
    outcome: caseFile.outcome,
    confirmedBy: caseFile.confirmedBy,
    confirmationDue: caseFile.confirmationDue,
    closedAt: caseFile.closedAt?.toISOString() ?? null,
    anonymisedAt: caseFile.anonymisedAt?.toISOString() ?? null,
    duplicateOf,
    issue: caseFile.issue ?? null,
    campaigns: caseFile.campaigns ?? [],
    sensitivity: caseFile.sensitivity,
    lead: colleague(caseFile.lead),
    collaborators: caseFile.collaborators.flatMap((id) => colleague(id) ?? []),
    nextStep: nextStep(caseFile),
    late: caseFile.nextDue < dayOf(clock.now()),
    plan: caseFile.plan.map(({ id, title, template, due, doneAt, doneBy }) => ({
      id,
      title,
      template: template ?? null,
      due,
      doneAt: doneAt?.toISOString() ?? null,
      doneBy: colleague(doneBy)?.name ?? null,
    })),
    notes: caseFile.notes.map(({ id, at, by, text }) => ({
      id,
      at: at.toISOString(),
      by: colleague(by),
      text,
    })),
    evidence: caseFile.evidence.map((evidence) => presentEvidence(evidence, names)),
    history: caseFile.history.map((entry) => presentEntry(entry, names)),
    reopenCount: caseFile.reopenCount,
    source: caseFile.source,
    loggedBy: colleague(caseFile.loggedBy),
    loggedAt: caseFile.loggedAt.toISOString(),
    changedAt: caseFile.changedAt.toISOString(),
    example: caseFile.example,
  };
}

function presentPageForPartner(...[caseFile, names, duplicateOf]: Parameters<typeof presentPageForTeam>) {
  const page = presentPageForTeam(caseFile, names, duplicateOf);
  const history = page.history.filter(({ what }) => !isOfCampaign(what));
  return { ...page, history, settlement: placeForPartner(caseFile), campaigns: [] };
}

/** Which campaigns there are is told by the campaigns themselves, to those who take part. */
const isOfCampaign = (what: CaseEvent) => what === 'campaignUsed' || what === 'campaignEnded';

/** The page for whoever is asking, with what they may do and what their words may tell. */
export async function presentPage(
  viewer: Viewer,
  caseFile: CaseFile,
  warnings: TextWarning[] = [],
): Promise<Answer<CasePage, CaseAbility>> {
  const names = await colleaguesById(viewer);
  const duplicateOf = await referenceFor(viewer, caseFile.duplicateOf);
  const present = viewer.role === 'cso_member' ? presentPageForPartner : presentPageForTeam;
  return {
    data: present(caseFile, names, duplicateOf),
    abilities: abilitiesOf(caseRules, viewer, caseFile),
    ...(warnings.length > 0 ? { warnings } : {}),
  };
}
