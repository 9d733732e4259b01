// Duty: every move of the referral table: who, from where, what it needs, what it does. The table itself is shared/referralMoves.ts.
import {
  type LinkMoveInput,
  type ReferralMoveInput,
  type ReferralMoveName,
  referralMoves,
} from '../../../shared/referralMoves.ts';
import { referralUrgencies } from '../../../shared/referrals.ts';
import { clock, dayAfter, dayOf } from '../../clock.ts';
import { conflict, invalid } from '../../errors.ts';
import { ensure, type Viewer } from '../../policy.ts';
import { sidesOfCase } from '../cases/cases.queries.ts';
import { whileCaseStands } from '../cases/referred.commands.ts';
import { activeOrganisationExists } from '../directory/organisations.queries.ts';
import { colleaguesById } from '../directory/users.queries.ts';
import { liveConsentFor } from '../identities/consents.queries.ts';
import { changeReferral, type ReferralEdit } from './change.ts';
import { settleTransfer } from './endings.commands.ts';
import { createReferral, ensureSendable, ensureStillConsented } from './referrals.commands.ts';
import type { ReferralFile } from './referrals.model.ts';
import { isOpenTo, mayMoveReferral } from './referrals.policy.ts';
import { referralFor } from './referrals.queries.ts';

type Input = ReferralMoveInput | LinkMoveInput;
type InputOf<Name extends ReferralMoveName> = Extract<Input, { move: Name }>;
type Effect = Pick<ReferralEdit, 'set'> & { reason?: string };
interface Context {
  /** Null: the recipient through its one-time link, which has been proved. */
  viewer: Viewer | null;
  referral: ReferralFile;
  now: Date;
}

/** The referral after the move: 403 for who, 409 for a status it does not lead out of or a stale one, 422 for what is missing. */
export async function moveReferral(
  viewer: Viewer,
  id: string,
  input: ReferralMoveInput,
  now = clock.now(),
): Promise<ReferralFile> {
  const referral = await referralFor(viewer, id);
  const caseFile = await sidesOfCase(referral.caseId);
  ensure(mayMoveReferral(input.move), viewer, { referral, caseFile, open: false, vaultOpen: false });
  return makeMove({ viewer, referral, now }, input);
}

/** Whoever calls has proved the right to it. */
export async function makeMove(context: Context, input: Input): Promise<ReferralFile> {
  const { viewer, referral, now } = context;
  const standing = { version: referral.version, status: referral.status };
  if (input.version > referral.version) throw invalid([{ path: ['version'], code: 'not_a_version' }]);
  if (referral.version !== input.version) throw conflict('referral.stale', standing);
  if (!isOpenTo(input.move, referral)) throw conflict('referral.notFromHere', standing);
  const effect = await effectOf(context, input);
  const entry = {
    move: input.move,
    by: viewer?.id ?? null,
    ...(viewer ? {} : { byLink: true }),
    ...(effect.reason ? { reason: effect.reason } : {}),
  };
  const after = await changeReferral(
    referral,
    { set: effect.set, to: referralMoves[input.move].to ?? referral.status, entry },
    now,
  );
  if (after.leadPending) await settleTransfer(after, now, viewer);
  if (input.move === 'send' && viewer) await ensureStillConsented(viewer, after, now);
  return after;
}

function effectOf(context: Context, input: Input): Effect | Promise<Effect> {
  const { now, referral } = context;
  const ended = { endedAt: now, link: referral.link && { ...referral.link, usedAt: now } };
  switch (input.move) {
    case 'send':
      return send(context);
    case 'accept':
      return accept(context, input);
    case 'decline':
      return { set: { ...ended, declineReason: input.reasonCode }, reason: input.reason };
    case 'recall':
      return { set: { endedAt: now, link: null, leadPending: isLed(referral) }, reason: input.reason };
    case 'fail':
      return { set: ended, reason: input.reason };
    case 'begin':
      return { set: {} };
    case 'complete':
      if (input.givenOn > dayOf(now)) throw invalid([{ path: ['givenOn'], code: 'in_the_future' }]);
      return { set: { ...ended, given: input.given, givenOn: input.givenOn } };
    case 'reroute':
      return reroute(context, input, ended);
    case 'confirm':
      return {
        set: { received: input.received, confirmedAt: now },
        ...(input.note ? { reason: input.note } : {}),
      };
    case 'resend':
      return resend(context, input);
  }
}

const isLed = ({ kind, status }: ReferralFile) => kind === 'transfer' && status === 'accepted';

async function send({ viewer, referral, now }: Context): Promise<Effect> {
  await whileCaseStands(referral.caseId, (caseFile) =>
    ensureSendable(viewer!, caseFile, referral, now, referral._id),
  );
  return { set: { sentAt: now } };
}

/** The worker is an active member of the organisation that was asked. Without live consent there is nothing to accept. */
async function accept({ viewer, referral, now }: Context, input: InputOf<'accept'>): Promise<Effect> {
  if (!(await liveConsentFor(referral.caseId, 'referral', referral.recipient)))
    throw conflict('referral.consentOver', { status: referral.status });
  if (input.firstContactOn < dayOf(now)) throw invalid([{ path: ['firstContactOn'], code: 'in_the_past' }]);
  const { firstContactOn } = input;
  if ('workerName' in input) return { set: { workerName: input.workerName, firstContactOn } };
  const worker = (await colleaguesById(viewer!)).get(input.worker);
  if (!worker?.active || worker.role !== 'cso_member' || worker.organisation !== referral.recipient)
    throw invalid([{ path: ['worker'], code: 'not_of_your_organisation' }]);
  return { set: { worker: worker.id, firstContactOn, leadPending: referral.kind === 'transfer' } };
}

async function reroute(
  { referral }: Context,
  input: InputOf<'reroute'>,
  ended: Partial<ReferralFile>,
): Promise<Effect> {
  const suggested = input.suggestedOrganisation;
  const complain = (code: string) => invalid([{ path: ['suggestedOrganisation'], code }]);
  if (suggested === referral.recipient) throw complain('to_oneself');
  if (!(await activeOrganisationExists(suggested))) throw complain('not_found');
  const set = { ...ended, suggestedOrganisation: suggested, declineReason: input.reasonCode ?? null };
  return { set, reason: input.reason };
}

/** The new referral first: it may be refused, and by its id it is made once however often this is repeated. */
async function resend({ viewer, referral, now }: Context, input: InputOf<'resend'>): Promise<Effect> {
  const { kind, service, urgency, message } = referral;
  await createReferral(
    viewer!,
    referral.caseId,
    {
      id: input.id,
      kind,
      service,
      urgency,
      message,
      recipient: input.recipient ?? referral.suggestedOrganisation ?? referral.recipient,
      sharedFields: input.sharedFields ?? referral.sharedFields,
      replyBy: input.replyBy ?? dayAfter(dayOf(now), referralUrgencies[urgency]),
      send: true,
    },
    { before: referral._id, now },
  );
  return { set: { after: input.id } };
}
