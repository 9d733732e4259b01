// Duty: the life of a second factor: set up, confirmed, used once a code, turned off, taken away by an administrator. Each step writes one user document.
import type { z } from 'zod';
import type {
  FactorResetReason,
  FactorSetUp,
  proveFactorInput,
  RecoveryCodes,
} from '../../../shared/secondFactor.ts';
import { clock } from '../../clock.ts';
import { AppError, conflict, invalid, notFound, notSignedIn } from '../../errors.ts';
import type { Origin } from '../../http/session.ts';
import { ensure, type Viewer } from '../../policy.ts';
import { otherSessionsEnded, userChanged, viewerChanged, viewerSignedOut } from './directory.live.ts';
import { factorMail } from './directory.mails.ts';
import { mayManageUsers } from './directory.policy.ts';
import { passwordMatches } from './passwords.ts';
import { addressOfKey, newFactorKey, newRecoveryCodes, recoveryHash, stepOfCode } from './secondFactor.ts';
import type { Settings } from './settings.ts';
import { beginAttempt, beginCode, forgetPlaces } from './signInLimits.ts';
import { type User, UserModel } from './users.model.ts';
import { ownRecord, viewerOf } from './users.queries.ts';

type Needs = Pick<Settings, 'factorSeals' | 'mailer'>;

const draftMilliseconds = 60 * 60_000;

async function own(viewer: Viewer): Promise<User> {
  const found = await ownRecord(viewer);
  if (!found) throw notSignedIn();
  return found;
}

/** Whoever sits at an open screen must still know the password; guessing it here is slowed down like sign-in. */
async function ensurePassword(user: User, password: string, from: Origin): Promise<void> {
  const attempt = await beginAttempt(user.email, from);
  if (!(await passwordMatches(user.passwordHash ?? null, password)))
    throw invalid([{ path: ['password'], code: 'wrong' }]);
  await attempt.succeeded({ trusts: !user.secondFactor });
}

/** A new key, told here and never again. Nothing is asked at sign-in until a code of it was given. */
export async function beginFactor(
  viewer: Viewer,
  { factorSeals }: Needs,
  password: string,
  from: Origin,
): Promise<FactorSetUp> {
  const user = await own(viewer);
  await ensurePassword(user, password, from);
  if (user.secondFactor) throw conflict('secondFactor.on');
  const key = newFactorKey();
  const secret = factorSeals.seal(user._id, 'secondFactorDraft', key);
  await UserModel.updateOne(
    { _id: user._id, secondFactor: null },
    { $set: { secondFactorDraft: { secret, begun: clock.now() } } },
  );
  return { key, address: addressOfKey(key, user.email) };
}

/** Turns it on and ends every session that began without it; the caller begins this one anew. The codes are told here and never again. */
export async function confirmFactor(
  viewer: Viewer,
  { factorSeals, mailer }: Needs,
  code: string,
): Promise<{ user: Express.User; told: RecoveryCodes }> {
  const user = await own(viewer);
  const draft = user.secondFactorDraft;
  const now = clock.now();
  if (!draft || now.getTime() - draft.begun.getTime() > draftMilliseconds)
    throw conflict('secondFactor.notBegun');
  const key = factorSeals.unseal(user._id, 'secondFactorDraft', draft.secret);
  const step = stepOfCode(key, code);
  if (step === null) throw invalid([{ path: ['code'], code: 'wrong_code' }]);
  const codes = newRecoveryCodes();
  const secondFactor = {
    since: now,
    secret: factorSeals.seal(user._id, 'secondFactor', key),
    lastStep: step,
    recovery: codes.map((one) => recoveryHash(key, one)),
  };
  const saved = await UserModel.findOneAndUpdate(
    { _id: user._id, active: true, secondFactor: null, 'secondFactorDraft.begun': draft.begun },
    { $set: { secondFactor, secondFactorDraft: null }, $inc: { sessionEpoch: 1 } },
    { returnDocument: 'after' },
  ).lean<User>();
  if (!saved) throw conflict('secondFactor.notBegun');
  // Places that a password alone made known are strangers again.
  await forgetPlaces(saved.email);
  otherSessionsEnded(saved._id);
  userChanged({ id: saved._id, version: saved.version });
  await mailer.send(factorMail(saved, 'factorOn'));
  return { user: viewerOf(saved), told: { codes } };
}

type Taken = 'code' | 'recovery_code';

/** Takes the code, once: of many who bring the same one at once, in any number of processes, one is let in. Null: wrong, or used. */
async function takeCode(user: User, { factorSeals }: Needs, code: string): Promise<Taken | null> {
  const factor = user.secondFactor;
  if (!factor) return null;
  const key = factorSeals.unseal(user._id, 'secondFactor', factor.secret);
  const same = { _id: user._id, active: true, 'secondFactor.since': factor.since };
  const step = stepOfCode(key, code);
  if (step !== null) {
    const { modifiedCount } = await UserModel.updateOne(
      { ...same, 'secondFactor.lastStep': { $lt: step } },
      { $set: { 'secondFactor.lastStep': step } },
    );
    return modifiedCount === 1 ? 'code' : null;
  }
  const hash = recoveryHash(key, code);
  const { modifiedCount } = await UserModel.updateOne(
    { ...same, 'secondFactor.recovery': hash },
    { $pull: { 'secondFactor.recovery': hash } },
  );
  return modifiedCount === 1 ? 'recovery_code' : null;
}

/** A code that is asked for: counted as wrong beforehand, and a mail to the owner when it was wrong too often. */
async function countedCode(user: User, needs: Needs, code: string, from: Origin): Promise<Taken | null> {
  const attempt = await beginCode(user.email, from);
  const taken = await takeCode(user, needs, code);
  if (taken) await attempt.succeeded({ trusts: true });
  // Whoever comes so far has the password.
  else if (attempt.isFirstWait) await needs.mailer.send(factorMail(user, 'factorGuessed'));
  if (taken === 'recovery_code') await needs.mailer.send(factorMail(user, 'factorRecovery'));
  return taken;
}

/** The second half of signing in. Throws 401: in the same words whatever is wrong with the code, in others when it is too late. */
export async function finishSignIn(
  settings: Needs & Pick<Settings, 'exampleAccounts'>,
  waiting: { id: string; epoch: number },
  code: string,
  from: Origin,
): Promise<{ user: Express.User; taken: Taken }> {
  const user = await UserModel.findOne({ _id: waiting.id, active: true }).lean<User>();
  const isLate = !user?.secondFactor || user.sessionEpoch !== waiting.epoch;
  if (isLate || (user.example && !settings.exampleAccounts)) throw new AppError(401, 'secondFactor.expired');
  const taken = await countedCode(user, settings, code, from);
  if (!taken)
    throw new AppError(401, 'secondFactor.wrong', { faults: [{ path: ['code'], code: 'wrong_code' }] });
  return { user: viewerOf(user), taken };
}

/** Password and code of whoever is signed in, or 422 beside the one that is wrong. */
async function proven(
  viewer: Viewer,
  needs: Needs,
  { password, code }: z.infer<typeof proveFactorInput>,
  from: Origin,
): Promise<User & { secondFactor: NonNullable<User['secondFactor']> }> {
  const user = await own(viewer);
  if (!user.secondFactor) throw conflict('secondFactor.off');
  await ensurePassword(user, password, from);
  if (!(await countedCode(user, needs, code, from))) throw invalid([{ path: ['code'], code: 'wrong_code' }]);
  return user as User & { secondFactor: NonNullable<User['secondFactor']> };
}

export async function turnOffFactor(
  viewer: Viewer,
  needs: Needs,
  input: z.infer<typeof proveFactorInput>,
  from: Origin,
): Promise<void> {
  const { _id, secondFactor } = await proven(viewer, needs, input, from);
  const saved = await UserModel.findOneAndUpdate(
    { _id, 'secondFactor.since': secondFactor.since },
    { $set: { secondFactor: null, secondFactorDraft: null } },
    { returnDocument: 'after' },
  ).lean<User>();
  if (!saved) throw conflict('secondFactor.off');
  userChanged({ id: _id, version: saved.version });
  viewerChanged(viewerOf(saved));
  await needs.mailer.send(factorMail(saved, 'factorOff'));
}

/** Ten new ones, told here and never again; the old ones end. */
export async function renewRecoveryCodes(
  viewer: Viewer,
  needs: Needs,
  input: z.infer<typeof proveFactorInput>,
  from: Origin,
): Promise<RecoveryCodes> {
  const { _id, secondFactor } = await proven(viewer, needs, input, from);
  const key = needs.factorSeals.unseal(_id, 'secondFactor', secondFactor.secret);
  const codes = newRecoveryCodes();
  const { matchedCount } = await UserModel.updateOne(
    { _id, 'secondFactor.since': secondFactor.since },
    { $set: { 'secondFactor.recovery': codes.map((one) => recoveryHash(key, one)) } },
  );
  if (matchedCount === 0) throw conflict('secondFactor.off');
  return { codes };
}

/** For somebody who lost the phone and the paper: ends every session, and tells them. Nobody's own: that needs a code. */
export async function resetFactor(
  viewer: Viewer,
  needs: Pick<Needs, 'mailer'>,
  id: string,
  reason: FactorResetReason,
): Promise<User> {
  ensure(mayManageUsers, viewer, null);
  if (id === viewer.id) throw conflict('secondFactor.own');
  return takeFactorAway(needs, { _id: id }, { by: viewer.id, reason });
}

/** Without asking who asks: for the administrator's reset, and for whoever runs the server. */
export async function takeFactorAway(
  { mailer }: Pick<Needs, 'mailer'>,
  whose: { _id: string } | { email: string },
  { by, reason }: { by: string | null; reason: FactorResetReason },
): Promise<User> {
  const saved = await UserModel.findOneAndUpdate(
    { ...whose, secondFactor: { $ne: null } },
    {
      $set: {
        secondFactor: null,
        secondFactorDraft: null,
        secondFactorReset: { at: clock.now(), by, reason },
      },
      $inc: { sessionEpoch: 1 },
    },
    { returnDocument: 'after' },
  ).lean<User>();
  if (!saved) {
    if (await UserModel.exists(whose)) throw conflict('secondFactor.off');
    throw notFound();
  }
  await forgetPlaces(saved.email);
  userChanged({ id: saved._id, version: saved.version });
  viewerSignedOut(saved._id);
  await mailer.send(factorMail(saved, 'factorReset'));
  return saved;
}
