// Duty: every move of the letter table: who, from where, what it needs, what it does. The table itself is shared/letterLists.ts.
import { type LetterMoveInput, type LetterMoveName, letterMoves } from '../../../shared/letterMoves.ts';
import { clock, dayAfter, dayOf } from '../../clock.ts';
import { conflict, invalid } from '../../errors.ts';
import { ensure, type Viewer } from '../../policy.ts';
import { institutionNamed } from './institutions.queries.ts';
import { proposalAfter } from './ladder.ts';
import { changeLetter, ensureFresh, type LetterEdit } from './letterChange.ts';
import { createLetter } from './letters.commands.ts';
import { type LetterFile, LetterModel, noDay } from './letters.model.ts';
import { isOpenTo, mayWorkOnLetter } from './letters.policy.ts';
import { letterFor } from './letters.queries.ts';
import { holidayCalendar, replyRuleOf } from './replyRules.queries.ts';
import { replyDayOf } from './silence.commands.ts';

type InputOf<Name extends LetterMoveName> = Extract<LetterMoveInput, { move: Name }>;
type Effect = Pick<LetterEdit, 'set'> & { on?: string; note?: string };

const longestExpected = 365;
const fault = (path: string, code: string, params?: Record<string, number>) =>
  invalid([{ path: [path], code, ...(params ? { params } : {}) }]);

/** The letter after the move, and after `escalate` the new draft: 403 for who, 409 for a status it does not lead out of or a stale one, 422 for what does not fit. */
export async function moveLetter(
  viewer: Viewer,
  id: string,
  input: LetterMoveInput,
  now = clock.now(),
): Promise<LetterFile> {
  const letter = await letterFor(viewer, id);
  ensure(mayWorkOnLetter, viewer, letter);
  if (input.move === 'escalate') return escalate(viewer, letter, input, now);
  ensureFresh(letter, input.version);
  ensureOpen(letter, input.move);
  const effect = await effectOf(letter, input, dayOf(now));
  const entry = {
    move: input.move,
    by: viewer.id,
    ...(effect.on ? { on: effect.on } : {}),
    ...(effect.note ? { note: effect.note } : {}),
  };
  return changeLetter(
    letter,
    { set: effect.set, to: letterMoves[input.move].to ?? letter.status, entry },
    now,
  );
}

function ensureOpen(letter: LetterFile, move: LetterMoveName): void {
  if (!isOpenTo(move, letter))
    throw conflict('letter.notFromHere', { version: letter.version, status: letter.status });
}

function effectOf(
  letter: LetterFile,
  input: Exclude<LetterMoveInput, { move: 'escalate' }>,
  today: string,
): Effect | Promise<Effect> {
  if ('on' in input && input.on > today) throw fault('on', 'in_the_future');
  if (input.move !== 'send' && 'on' in input && input.on < letter.sentOn!) throw fault('on', 'before_letter');
  switch (input.move) {
    case 'send':
      return send(letter, input, today);
    case 'acknowledge':
      return { set: { acknowledgedOn: input.on, theirProtocol: input.protocol }, on: input.on };
    case 'extend':
      return extend(letter, input);
    case 'answer':
    case 'refuse':
      return answered(letter, input);
    case 'withdraw':
      return { set: { dueOn: noDay, silentOn: null }, note: input.reason };
  }
}

async function send(
  letter: LetterFile,
  { on, way, protocol, replyBy }: InputOf<'send'>,
  today: string,
): Promise<Effect> {
  if (on < dayAfter(today, -longestExpected)) throw fault('on', 'too_long_ago', { days: longestExpected });
  const known = await replyRuleOf(letter.kind);
  if (!known && !replyBy) throw fault('replyBy', 'no_reply_rule');
  if (!known && replyBy! <= on) throw fault('replyBy', 'before_letter');
  if (!known && replyBy! > dayAfter(on, longestExpected))
    throw fault('replyBy', 'reply_too_far', { days: longestExpected });
  const { days } = await holidayCalendar();
  const rule = known && {
    days: known.days,
    dayKind: known.dayKind,
    extensionDays: known.extensionDays,
    silence: known.silence,
    law: known.law,
    checked: known.checked,
  };
  const sent = { sentOn: on, way, protocol: protocol || null, rule };
  const dueOn = replyDayOf({ ...sent, extendedOn: null, dueOn: replyBy ?? noDay }, days);
  return { set: { ...sent, dueOn, expectedBy: dueOn }, on };
}

/** Said in time, an extension gives the days of the rule; said later, the silence stands. */
async function extend(letter: LetterFile, { on, reason }: InputOf<'extend'>): Promise<Effect> {
  if (on > letter.dueOn) throw fault('on', 'after_reply_day');
  const { days } = await holidayCalendar();
  const dueOn = replyDayOf({ ...letter, extendedOn: on }, days);
  return { set: { extendedOn: on, dueOn, expectedBy: dueOn }, on, ...(reason ? { note: reason } : {}) };
}

/** An answer dated in time takes back a silence that was noted before it was known here. */
function answered(
  letter: LetterFile,
  { on, summary, protocol }: InputOf<'answer'> | InputOf<'refuse'>,
): Effect {
  const inTime = letter.expectedBy === null || on <= letter.expectedBy;
  return {
    set: {
      answeredOn: on,
      answerProtocol: protocol || null,
      summary,
      dueOn: noDay,
      ...(inTime ? { silentOn: null } : {}),
    },
    on,
    note: summary,
  };
}

/**
 * The next rung as a draft of its own, then this letter's end: two documents. Repeated after a stop it finds the draft by its id and
 * goes on. Nothing is sent.
 */
async function escalate(
  viewer: Viewer,
  letter: LetterFile,
  { id, version }: InputOf<'escalate'>,
  now: Date,
): Promise<LetterFile> {
  if (letter.after === id) return letterFor(viewer, id);
  ensureFresh(letter, version);
  ensureOpen(letter, 'escalate');
  const first = await firstOfLadder(letter);
  const entry = await institutionNamed(first.institutionId, first.municipality);
  const proposal = proposalAfter(letter, {
    institutionId: first.institutionId,
    isMunicipal: entry?.level === 'municipal',
  });
  if (!proposal) throw conflict('letter.notFromHere', { version: letter.version, status: letter.status });
  const { letter: draft } = await createLetter(
    viewer,
    {
      id,
      kind: letter.kind,
      institutionId: proposal.institutionId,
      municipality: letter.municipality,
      language: letter.language,
      theme: letter.theme,
      campaignId: letter.campaignId,
      demandId: letter.demandId,
      issueId: letter.issueId,
      caseId: letter.caseId,
      ask: '',
    },
    { rung: proposal.rung, before: letter, now },
  );
  await changeLetter(
    letter,
    {
      set: { after: id, dueOn: noDay },
      to: 'escalated',
      entry: { move: 'escalate', by: viewer.id, note: draft.reference },
    },
    now,
  ).catch(async (error: unknown) => {
    // Somebody else escalated it meanwhile: one ladder, one draft.
    await LetterModel.deleteOne({ _id: id, status: 'to_send', version: 1 });
    throw error;
  });
  return draft;
}

async function firstOfLadder(letter: LetterFile): Promise<LetterFile> {
  let first = letter;
  while (first.before) {
    const earlier = await LetterModel.findOne({ _id: first.before }).lean<LetterFile>();
    if (!earlier) return first;
    first = earlier;
  }
  return first;
}
