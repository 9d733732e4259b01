// Duty: every move of the case table: who, from where, what it needs, what it does. The table itself is shared/caseMoves.ts.
import { type CaseMoveInput, type CaseMoveName, caseMoves } from '../../../shared/caseMoves.ts';
import { clock, dayAfter, dayOf } from '../../clock.ts';
import { conflict, invalid } from '../../errors.ts';
import { ensure, type Viewer } from '../../policy.ts';
import { withdrawConsents } from '../identities/consents.commands.ts';
import { namedOn, refuseFutureVersion } from './cases.commands.ts';
import { type CaseFile, CaseModel, type StoredEntry } from './cases.model.ts';
import { mayMove } from './cases.policy.ts';
import { identitySubjectOf, visible } from './cases.queries.ts';
import { changeCase, refuseAnonymised } from './change.ts';
import { ensureNothingUnderWay } from './closing.ts';
import { openStepOf, planFromTemplate } from './plan.commands.ts';

/** A resolved case is to be asked about within so many days. */
const confirmationDays = 14;

interface Effect {
  set: Partial<CaseFile>;
  entry?: Partial<StoredEntry>;
  touches?: string[];
}
type InputOf<Name extends CaseMoveName> = Extract<CaseMoveInput, { move: Name }>;
type Context = { viewer: Viewer; caseFile: CaseFile; now: Date };

export interface MovedCase {
  caseFile: CaseFile;
  /** The paper that proves a withdrawal: only with that move, and only where there was consent to end. */
  receipt: string | null;
}

/** Moves the case: 403 for who, 409 for a status it does not lead out of or a stale one, 422 for what is missing. */
export async function moveCase(
  viewer: Viewer,
  id: string,
  input: CaseMoveInput,
  now = clock.now(),
): Promise<MovedCase> {
  const { from, to } = caseMoves[input.move];
  const moved = await changeCase(
    viewer,
    id,
    async (caseFile) => {
      ensure(mayMove(input.move), viewer, caseFile);
      refuseAnonymised(caseFile);
      refuseFutureVersion(caseFile, input.version);
      const standing = { version: caseFile.version, status: caseFile.status };
      if ((caseFile.fieldVersions.status ?? 1) > input.version)
        throw conflict('case.stale', { ...standing, conflicts: [] });
      if (!from.includes(caseFile.status)) throw conflict('move.notFromHere', standing);
      if (to === 'closed' && input.move !== 'withdraw') await ensureNothingUnderWay(caseFile);
      const effect = await effectOf({ viewer, caseFile, now }, input);
      return {
        set: { ...effect.set, status: to },
        entry: { what: 'moved', move: input.move, from: caseFile.status, to, ...effect.entry },
        touches: ['status', ...(effect.touches ?? [])],
      };
    },
    now,
  );
  // Two records: repeating the withdrawal of a closed case's consents is always possible from its page.
  const withdrawn =
    input.move === 'withdraw' ? await withdrawConsents(viewer, identitySubjectOf(moved)) : null;
  return { caseFile: moved, receipt: withdrawn?.receipt ?? null };
}

function effectOf(context: Context, input: CaseMoveInput): Effect | Promise<Effect> {
  switch (input.move) {
    case 'triage':
      return triage(context, input);
    case 'dismiss':
      return dismiss(context, input);
    case 'start':
      return start(context, input);
    case 'wait':
      return wait(context, input);
    case 'resume':
      return { set: { waitingOn: null } };
    case 'resolve':
      return resolve(context, input);
    case 'close':
      return {
        set: { confirmedBy: input.confirmedBy, confirmationDue: null, closedAt: context.now },
        entry: { confirmedBy: input.confirmedBy },
      };
    case 'reopen':
      return reopen(context, input);
    case 'withdraw':
      return {
        set: { outcome: 'withdrawn_by_person', waitingOn: null, closedAt: context.now },
        entry: { outcome: 'withdrawn_by_person' },
      };
  }
}

/** Lead and urgency are given; the plan begins from the theme's template unless somebody began one. */
async function triage({ viewer, caseFile, now }: Context, input: InputOf<'triage'>): Promise<Effect> {
  const named = await namedOn(viewer, caseFile, { lead: input.lead });
  const plan = caseFile.plan.length > 0 ? caseFile.plan : planFromTemplate(caseFile, viewer, now);
  return {
    set: { ...named, urgency: input.urgency, triagedAt: now, plan },
    entry: { person: input.lead },
    touches: ['lead'],
  };
}

/** The case it repeats must be one the viewer sees, and must not itself repeat this one. */
async function dismiss({ viewer, caseFile, now }: Context, input: InputOf<'dismiss'>): Promise<Effect> {
  const duplicateOf = input.outcome === 'duplicate' ? input.duplicateOf! : null;
  if (duplicateOf !== null) {
    const other = await CaseModel.findOne(visible(viewer, { _id: duplicateOf }), {
      duplicateOf: 1,
    }).lean<CaseFile>();
    if (!other) throw invalid([{ path: ['duplicateOf'], code: 'not_found' }]);
    if (other._id === caseFile._id || other.duplicateOf === caseFile._id)
      throw invalid([{ path: ['duplicateOf'], code: 'repeats_itself' }]);
  }
  return {
    set: { outcome: input.outcome, duplicateOf, closedAt: now },
    entry: { outcome: input.outcome, reason: input.reason },
  };
}

function start({ caseFile, now }: Context, input: InputOf<'start'>): Effect {
  if (!input.step && !openStepOf(caseFile)) throw invalid([{ path: ['step'], code: 'required' }]);
  const step = input.step && {
    id: crypto.randomUUID(),
    ...input.step,
    doneAt: null,
    doneBy: null,
    version: caseFile.version + 1,
  };
  return { set: { startedAt: now, plan: step ? [...caseFile.plan, step] : caseFile.plan } };
}

/** Waiting for an authority is the response clock: since when, and until when. */
function wait({ now }: Context, input: InputOf<'wait'>): Effect {
  if (input.until < dayOf(now)) throw invalid([{ path: ['until'], code: 'in_the_past' }]);
  return { set: { waitingOn: { party: input.party, since: now, until: input.until } } };
}

/** Used by the lead's move and by a recipient of an accepted referral alike. */
export function resolve(
  { caseFile, now }: Pick<Context, 'caseFile' | 'now'>,
  input: Pick<InputOf<'resolve'>, 'outcome' | 'note'>,
): Effect {
  if (!input.note && caseFile.evidence.length === 0) throw invalid([{ path: ['note'], code: 'required' }]);
  return {
    set: {
      outcome: input.outcome,
      waitingOn: null,
      confirmationDue: dayAfter(dayOf(now), confirmationDays),
    },
    entry: { outcome: input.outcome, ...(input.note ? { reason: input.note } : {}) },
  };
}

/** Clocks restart; what was concluded stays in the history. */
function reopen({ caseFile, now }: Context, input: InputOf<'reopen'>): Effect {
  return {
    set: {
      reopenCount: caseFile.reopenCount + 1,
      outcome: null,
      confirmedBy: null,
      confirmationDue: null,
      duplicateOf: null,
      closedAt: null,
      startedAt: now,
    },
    entry: { reason: input.reason },
  };
}
