// Duty: log a case, revise its words, note, assign. Moves between statuses, the plan and evidence have files of their own.
import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';
import {
  type assignInput,
  type CaseCreate,
  type CaseRevise,
  type CaseStatus,
  type caseSources,
  type noteCreate,
  type Sensitivity,
  sensitivities,
} from '../../../shared/cases.ts';
import type { FieldConflict } from '../../../shared/caseViews.ts';
import type { Colleague } from '../../../shared/directory.ts';
import { belongsToTheme } from '../../../shared/themes.ts';
import { clock, dayOf } from '../../clock.ts';
import { conflict, type FieldFault, invalid } from '../../errors.ts';
import { ensure, type Viewer } from '../../policy.ts';
import { colleaguesById } from '../directory/users.queries.ts';
import { isNewHere } from './caseIndexFeed.ts';
import { caseLogged } from './cases.live.ts';
import { type CaseFile, CaseModel, noDay } from './cases.model.ts';
import { canBeNamed, isSettled, mayAssign, mayLogIn, mayWorkOn } from './cases.policy.ts';
import { changeCase, derived, type Edit, refuseAnonymised, searchTermsFor } from './change.ts';
import { insertCase } from './insertCase.ts';
import { ensureSettlement } from './places.ts';
import { receiptHash, receiptOf } from './receipts.ts';
import { nextReference } from './references.ts';

export interface LoggedCase {
  caseFile: CaseFile;
  /** Null when the case was logged under another receipt secret. */
  receipt: string | null;
  /** This request found what an earlier one had logged. */
  repeated: boolean;
}

/** Logs a case. A repeat by the same viewer finds the first; an id that is somebody else's is refused without a word about it. */
export async function logCase(
  viewer: Viewer,
  input: CaseCreate,
  options: { now?: Date; source?: (typeof caseSources)[number] } = {},
): Promise<LoggedCase> {
  ensure(mayLogIn, viewer, input.municipality, 'case.otherMunicipality');
  const earlier = (await isNewHere(input.id)) ? null : await loggedBefore(viewer, input.id);
  if (earlier) return repeatOf(earlier);
  await ensureSettlement(input.municipality, input.settlement);
  const now = options.now ?? clock.now();
  const receipt = receiptOf(input.id);
  for (let attempt = 0; ; attempt += 1) {
    const year = Number(dayOf(now).slice(0, 4));
    const reference = await nextReference(input.municipality, year, attempt > 0);
    const caseFile = await newCaseFile(viewer, input, { reference, receipt, now, source: options.source });
    try {
      await insertCase(caseFile);
    } catch (error) {
      if (takenKey(error) === 'reference') continue;
      if (takenKey(error) !== '_id') throw error;
      const first = await loggedBefore(viewer, input.id);
      if (!first) throw error;
      return repeatOf(first);
    }
    caseLogged(caseFile, viewer.id);
    return { caseFile, receipt, repeated: false };
  }
}

/** The answer to whoever logged it, once more: the first one may never have arrived. */
function repeatOf(caseFile: CaseFile): LoggedCase {
  const receipt = receiptOf(caseFile._id);
  return {
    caseFile,
    receipt: receiptHash(receipt) === caseFile.receiptHash ? receipt : null,
    repeated: true,
  };
}

async function loggedBefore(viewer: Viewer, id: string): Promise<CaseFile | null> {
  const found = await CaseModel.findOne({ _id: id }, { searchTerms: 0 }).lean<CaseFile>();
  if (found && found.loggedBy !== viewer.id) throw conflict('id.taken');
  return found;
}

function takenKey(error: unknown): string | null {
  const { code, keyPattern } = error as { code?: number; keyPattern?: Record<string, unknown> };
  return code === 11000 ? (Object.keys(keyPattern ?? { _id: 1 })[0] ?? '_id') : null;
}

async function newCaseFile(
  viewer: Viewer,
  { id, ...fields }: CaseCreate,
  made: { reference: string; receipt: string; now: Date; source?: (typeof caseSources)[number] },
): Promise<CaseFile> {
  const status: CaseStatus = 'new';
  const { reference, now } = made;
  return {
    _id: id,
    version: 1,
    fieldVersions: {},
    reference,
    receiptHash: receiptHash(made.receipt),
    ...fields,
    ...derived({ plan: [], status, urgency: fields.urgency }),
    sensitivity: fields.concernsChild ? 'high' : 'moderate',
    status,
    waitingOn: null,
    outcome: null,
    confirmedBy: null,
    confirmationDue: null,
    duplicateOf: null,
    issue: null,
    campaigns: [],
    lead: null,
    collaborators: [],
    sharedWith: [],
    plan: [],
    nextDue: noDay,
    notes: [],
    evidence: [],
    history: [{ at: now, by: viewer.id, what: 'logged', to: status }],
    reopenCount: 0,
    source: made.source ?? 'activist',
    loggedBy: viewer.id,
    loggedAt: now,
    changedAt: now,
    changedBy: viewer.id,
    triagedAt: null,
    startedAt: null,
    closedAt: null,
    example: viewer.example,
    searchTerms: await searchTermsFor({ ...fields, reference }),
  };
}

type Revisable = Omit<CaseRevise, 'version'>;

/**
 * Changes words and facts. Based on an older version, fields that nobody else changed since are merged silently;
 * where both changed the same field, nothing is saved and both sides come back.
 */
export function reviseCase(viewer: Viewer, id: string, input: CaseRevise, now?: Date): Promise<CaseFile> {
  const { version, ...wanted } = input;
  return changeCase(
    viewer,
    id,
    async (caseFile) => {
      ensure(mayWorkOn, viewer, caseFile);
      refuseSettled(caseFile);
      refuseFutureVersion(caseFile, version);
      const changed = (Object.keys(wanted) as (keyof Revisable)[]).filter(
        (field) => wanted[field] !== undefined && !isDeepStrictEqual(wanted[field], caseFile[field]),
      );
      if (changed.length === 0) return null;
      const bothChanged = changed.filter((field) => (caseFile.fieldVersions[field] ?? 1) > version);
      if (bothChanged.length > 0) throw await staleCase(viewer, caseFile, bothChanged, wanted);
      const set = Object.fromEntries(changed.map((field) => [field, wanted[field]])) as Partial<CaseFile>;
      if (set.concernsChild && !atLeastHigh(set.sensitivity ?? caseFile.sensitivity))
        set.sensitivity = 'high';
      await ensureWhole({ ...caseFile, ...set });
      const fields = Object.keys(set);
      return { set, entry: { what: 'revised', fields }, touches: fields };
    },
    now,
  );
}

const atLeastHigh = (sensitivity: Sensitivity) =>
  sensitivities.indexOf(sensitivity) >= sensitivities.indexOf('high');

/** What must hold between fields, whoever changed which. */
async function ensureWhole(caseFile: CaseFile): Promise<void> {
  const faults: FieldFault[] = [];
  if (!belongsToTheme(caseFile.theme, caseFile.subTheme))
    faults.push({ path: ['subTheme'], code: 'not_of_this_theme' });
  if (caseFile.concernsChild && caseFile.consentBasis === 'consented' && !caseFile.guardianConsent)
    faults.push({ path: ['guardianConsent'], code: 'required' });
  if (caseFile.concernsChild && !atLeastHigh(caseFile.sensitivity))
    faults.push({ path: ['sensitivity'], code: 'child_needs_high' });
  if (faults.length > 0) throw invalid(faults);
  await ensureSettlement(caseFile.municipality, caseFile.settlement);
}

export function refuseSettled(caseFile: CaseFile): void {
  if (isSettled(caseFile))
    throw conflict('case.closed', { status: caseFile.status, version: caseFile.version });
}

/** A version that does not exist yet was never read. */
export function refuseFutureVersion(caseFile: CaseFile, version: number): void {
  if (version > caseFile.version) throw invalid([{ path: ['version'], code: 'not_a_version' }]);
}

/** The 409 that carries both sides of each field; `by` and `at` come from the last line of history that names the field. */
async function staleCase(viewer: Viewer, caseFile: CaseFile, fields: (keyof Revisable)[], wanted: Revisable) {
  const names = await colleaguesById(viewer);
  const conflicts = fields.map((field): FieldConflict => {
    const last = caseFile.history.findLast((entry) => entry.fields?.includes(field));
    return {
      field,
      yours: wanted[field],
      theirs: caseFile[field],
      by: (last?.by && names.get(last.by)?.name) || null,
      at: (last?.at ?? caseFile.changedAt).toISOString(),
    };
  });
  return conflict('case.stale', { version: caseFile.version, status: caseFile.status, conflicts });
}

/** Adds a note; a repeat by the same viewer changes nothing. */
export function noteOn(
  viewer: Viewer,
  id: string,
  input: z.infer<typeof noteCreate>,
  now = clock.now(),
): Promise<CaseFile> {
  return changeCase(
    viewer,
    id,
    (caseFile): Edit | null => {
      ensure(mayWorkOn, viewer, caseFile);
      refuseAnonymised(caseFile);
      const earlier = caseFile.notes.find((note) => note.id === input.id);
      if (earlier && earlier.by !== viewer.id) throw conflict('id.taken');
      if (earlier) return null;
      const note = { id: input.id, at: now, by: viewer.id, text: input.text };
      return { set: { notes: [...caseFile.notes, note] }, entry: { what: 'noted' } };
    },
    now,
  );
}

/** Names lead and collaborators. Each must be somebody who may see the case. */
export function assignCase(
  viewer: Viewer,
  id: string,
  input: z.infer<typeof assignInput>,
  now?: Date,
): Promise<CaseFile> {
  return changeCase(
    viewer,
    id,
    async (caseFile) => {
      ensure(mayAssign, viewer, caseFile);
      refuseSettled(caseFile);
      refuseFutureVersion(caseFile, input.version);
      const collaborators = [...new Set(input.collaborators)].filter((person) => person !== input.lead);
      const sameLead = caseFile.lead === input.lead;
      if (sameLead && isDeepStrictEqual(collaborators, caseFile.collaborators)) return null;
      const people = { lead: input.lead, collaborators };
      const touched = (Object.keys(people) as (keyof typeof people)[]).filter(
        (field) => !isDeepStrictEqual(people[field], caseFile[field]),
      );
      const stale = touched.some((field) => (caseFile.fieldVersions[field] ?? 1) > input.version);
      if (stale)
        throw conflict('case.stale', { version: caseFile.version, status: caseFile.status, conflicts: [] });
      return {
        set: await namedOn(viewer, caseFile, people),
        entry: sameLead ? { what: 'collaborators' } : { what: 'assigned', person: input.lead },
        touches: touched,
      };
    },
    now,
  );
}

/** Lead, collaborators and the organisations they bring; throws 422 for whoever cannot be named. */
export async function namedOn(
  viewer: Viewer,
  caseFile: Pick<CaseFile, 'municipality' | 'lead' | 'collaborators' | 'sharedWith'>,
  people: { lead?: string; collaborators?: string[] },
): Promise<Pick<CaseFile, 'lead' | 'collaborators' | 'sharedWith'>> {
  const colleagues = await colleaguesById(viewer);
  const lead = people.lead ?? caseFile.lead;
  const collaborators = people.collaborators ?? caseFile.collaborators.filter((id) => id !== lead);
  const faults: FieldFault[] = [];
  const refuse = (id: string | null | undefined, path: FieldFault['path']) => {
    if (id && !canBeNamed(colleagues.get(id), caseFile)) faults.push({ path, code: 'cannot_be_named' });
  };
  refuse(people.lead, ['lead']);
  people.collaborators?.forEach((id, index) => {
    if (!caseFile.collaborators.includes(id)) refuse(id, ['collaborators', index]);
  });
  if (faults.length > 0) throw invalid(faults);
  return { lead, collaborators, sharedWith: organisationsOf([lead, ...collaborators], colleagues) };
}

/** The organisations outside the team that see a case because these work on it. */
export function organisationsOf(
  ids: (string | null)[],
  colleagues: ReadonlyMap<string, Colleague>,
): string[] {
  const organisations = ids.map((id) => {
    const colleague = id ? colleagues.get(id) : undefined;
    return colleague?.role === 'cso_member' ? colleague.organisation : null;
  });
  return [...new Set(organisations.filter((id) => id !== null))];
}
