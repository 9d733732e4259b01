// Duty: make a letter as a draft filled from its template, on any rung, and change its words before it is sent. Moves: letterMoves.commands.ts.
import type { LetterEdit as EditInput, LetterCreate, Rung } from '../../../shared/letters.ts';
import { clock, dayOf } from '../../clock.ts';
import { conflict, type FieldFault, invalid, notFound } from '../../errors.ts';
import { ensure, type Viewer } from '../../policy.ts';
import { caseFor, maySeeCase } from '../cases/cases.queries.ts';
import type { InstitutionEntry } from './institutions.model.ts';
import { institutionNamed } from './institutions.queries.ts';
import { changeLetter, ensureFresh } from './letterChange.ts';
import { letterSubjects } from './letterSubjects.commands.ts';
import { letterChanged } from './letters.live.ts';
import { LetterCounterModel, type LetterFile, LetterModel, noDay } from './letters.model.ts';
import { mayWorkOnLetter, mayWriteFor, seesLetters } from './letters.policy.ts';
import { letterFor } from './letters.queries.ts';
import { replyRuleOf } from './replyRules.queries.ts';
import { filledTemplate } from './templates.ts';

const duplicateKey = 11000;

/** `LET-2026-0007`, never twice; a failed command leaves a gap. */
async function nextReference(year: string): Promise<string> {
  const take = () =>
    LetterCounterModel.findOneAndUpdate(
      { _id: year },
      { $inc: { last: 1 } },
      { upsert: true, returnDocument: 'after' },
    ).lean();
  const counter = await take().catch((error: unknown) => {
    // Two made the year's counter at once; it is there now.
    if ((error as { code?: number }).code === duplicateKey) return take();
    throw error;
  });
  return `LET-${year}-${String(counter!.last).padStart(4, '0')}`;
}

export interface OnLadder {
  rung: Rung;
  before: LetterFile | null;
  now: Date;
}

/** A draft, made once however often it is asked for with the same id; `made` says whether by this request. Sends nothing. */
export async function createLetter(
  viewer: Viewer,
  input: LetterCreate,
  { rung, before, now }: OnLadder = { rung: 'first', before: null, now: clock.now() },
): Promise<{ letter: LetterFile; made: boolean }> {
  if (!seesLetters(viewer)) throw notFound();
  ensure(mayWriteFor, viewer, input);
  const earlier = await LetterModel.findOne({ _id: input.id }).lean<LetterFile>();
  if (earlier?.author === viewer.id && earlier.before === (before?._id ?? null))
    return { letter: earlier, made: false };
  if (earlier) throw conflict('id.taken');
  const institution = await addresseeOf(input);
  if (!before) await ensureSubjects(viewer, input);
  const { id, ask, ...about } = input;
  const reference = await nextReference(dayOf(now).slice(0, 4));
  const rule = await replyRuleOf(input.kind);
  const words = filledTemplate({
    ...about,
    rung,
    reference,
    institution,
    ask,
    before,
    rule,
    today: dayOf(now),
  });
  const letter: LetterFile = {
    _id: id,
    version: 1,
    reference,
    ...about,
    ...words,
    rung,
    status: 'to_send',
    author: viewer.id,
    sentOn: null,
    way: null,
    protocol: null,
    rule: null,
    extendedOn: null,
    dueOn: noDay,
    expectedBy: null,
    acknowledgedOn: null,
    theirProtocol: null,
    silentOn: null,
    answeredOn: null,
    answerProtocol: null,
    summary: null,
    files: [],
    before: before?._id ?? null,
    after: null,
    createdAt: now,
    changedAt: now,
    history: [{ at: now, by: viewer.id, move: 'create', from: null, to: 'to_send' }],
    example: viewer.example,
  };
  await LetterModel.create(letter).catch((error: unknown) => {
    if ((error as { code?: number }).code === duplicateKey) throw conflict('id.taken');
    throw error;
  });
  await letterChanged(letter, viewer.id);
  return { letter, made: true };
}

/** The very office: a kind of office needs its municipality, and is not written to as such. */
export async function addresseeOf({
  institutionId,
  municipality,
}: Pick<LetterFile, 'institutionId' | 'municipality'>): Promise<InstitutionEntry> {
  const entry = await institutionNamed(institutionId, municipality);
  if (!entry || (entry.of !== null && entry.of !== institutionId))
    throw invalid([{ path: ['institutionId'], code: 'not_found' }]);
  if (entry.level === 'municipal' && entry.of === null) {
    const field = entry.municipality === null && municipality === null ? 'municipality' : 'institutionId';
    throw invalid([{ path: [field], code: field === 'municipality' ? 'required' : 'not_found' }]);
  }
  return entry;
}

/** What the letter is linked to is there for its writer, and fits. */
async function ensureSubjects(viewer: Viewer, input: LetterCreate): Promise<void> {
  const faults: FieldFault[] = [];
  const { campaignId, demandId, issueId, caseId } = input;
  if (demandId && !campaignId) faults.push({ path: ['campaignId'], code: 'required' });
  if (campaignId && !(await letterSubjects().knowsCampaign(viewer, campaignId, demandId)))
    faults.push({ path: [demandId ? 'demandId' : 'campaignId'], code: 'not_found' });
  if (issueId && !(await letterSubjects().knowsIssue(viewer, issueId)))
    faults.push({ path: ['issueId'], code: 'not_found' });
  if (caseId) faults.push(...(await caseFaults(viewer, caseId, input.municipality)));
  if (faults.length > 0) throw invalid(faults);
}

async function caseFaults(
  viewer: Viewer,
  caseId: string,
  municipality: string | null,
): Promise<FieldFault[]> {
  if (!(await maySeeCase(viewer, caseId))) return [{ path: ['caseId'], code: 'not_found' }];
  const caseFile = await caseFor(viewer, caseId);
  if (caseFile.municipality !== municipality) return [{ path: ['municipality'], code: 'not_of_this_case' }];
  const waits = caseFile.status === 'waiting' && caseFile.waitingOn?.party === 'authority';
  return waits ? [] : [{ path: ['caseId'], code: 'not_waiting_on_authority' }];
}

/** The words may change until the letter is sent; what was sent stays as it was. */
export async function editLetter(
  viewer: Viewer,
  id: string,
  { version, ...words }: EditInput,
  now = clock.now(),
): Promise<LetterFile> {
  const letter = await letterFor(viewer, id);
  ensure(mayWorkOnLetter, viewer, letter);
  ensureFresh(letter, version);
  if (letter.status !== 'to_send') throw conflict('letter.sentAlready', { status: letter.status });
  const set = Object.fromEntries(Object.entries(words).filter(([, value]) => value !== undefined));
  return changeLetter(letter, { set, to: letter.status, entry: { move: 'edit', by: viewer.id } }, now);
}

/** The template as it would be filled for this letter today, in that language. */
export async function templateFor(
  viewer: Viewer,
  id: string,
  language: LetterFile['language'],
  now = clock.now(),
) {
  const letter = await letterFor(viewer, id);
  const before = letter.before ? await LetterModel.findOne({ _id: letter.before }).lean<LetterFile>() : null;
  const institution = await addresseeOf(letter);
  const rule = await replyRuleOf(letter.kind);
  return filledTemplate({ ...letter, language, institution, ask: '', before, rule, today: dayOf(now) });
}
