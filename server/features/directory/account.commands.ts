// Duty: what people do to their own account: name, language, password, sessions. Other people's accounts are users.commands.ts.
import type { z } from 'zod';
import type { changePasswordInput, reviseMeInput } from '../../../shared/directory.ts';
import { AppError, notFound, notSignedIn } from '../../errors.ts';
import type { Origin } from '../../http/session.ts';
import type { SessionStore } from '../../http/sessionStore.ts';
import type { Viewer } from '../../policy.ts';
import {
  otherSessionsEnded,
  sessionEnded,
  userChanged,
  viewerChanged,
  viewerSignedOut,
} from './directory.live.ts';
import { ensureStrong, hashPassword, passwordMatches } from './passwords.ts';
import { ownSession } from './sessions.queries.ts';
import { beginAttempt, forgetPlaces } from './signInLimits.ts';
import { type User, UserModel } from './users.model.ts';
import { ownRecord, viewerOf } from './users.queries.ts';

/** Changes name and language, whoever else changed what meanwhile. */
export async function reviseMe(viewer: Viewer, input: z.infer<typeof reviseMeInput>): Promise<User> {
  const own = await ownRecord(viewer);
  if (!own) throw notSignedIn();
  const changed = (['name', 'language'] as const).filter(
    (field) => input[field] !== undefined && input[field] !== own[field],
  );
  if (changed.length === 0) return own;
  const version = own.version + 1;
  const saved = await UserModel.findOneAndUpdate(
    { _id: viewer.id, version: own.version },
    {
      $set: {
        ...Object.fromEntries(changed.map((field) => [field, input[field]])),
        fieldVersions: {
          ...(own.fieldVersions as Record<string, number>),
          ...Object.fromEntries(changed.map((field) => [field, version])),
        },
        version,
      },
    },
    { returnDocument: 'after' },
  ).lean<User>();
  if (!saved) return reviseMe(viewer, input);
  userChanged({ id: saved._id, version: saved.version });
  viewerChanged(viewerOf(saved));
  return saved;
}

/**
 * Sets a new password, which ends every session and link there is; the caller begins this one anew with the answer.
 * A wrong current password is a fault of that field, not of the session; guessing it from an open session is slowed down like sign-in.
 */
export async function changePassword(
  viewer: Viewer,
  input: z.infer<typeof changePasswordInput>,
  from: Origin,
): Promise<Express.User> {
  const own = await ownRecord(viewer);
  if (!own) throw notSignedIn();
  const attempt = await beginAttempt(own.email, from);
  if (!(await passwordMatches(own.passwordHash ?? null, input.current)))
    throw new AppError(422, 'input.invalid', { faults: [{ path: ['current'], code: 'wrong' }] });
  await attempt.succeeded({ trusts: !own.secondFactor });
  ensureStrong(input.password, own.email);
  const saved = await UserModel.findOneAndUpdate(
    { _id: viewer.id, active: true },
    { $set: { passwordHash: await hashPassword(input.password), reset: null }, $inc: { sessionEpoch: 1 } },
    { returnDocument: 'after' },
  ).lean<User>();
  if (!saved) throw notSignedIn();
  await forgetPlaces(saved.email);
  otherSessionsEnded(saved._id);
  return viewerOf(saved);
}

/** Signs out everywhere, here too. */
export async function endSessions(viewer: Viewer, store: SessionStore): Promise<void> {
  await UserModel.updateOne({ _id: viewer.id }, { $inc: { sessionEpoch: 1 } });
  await store.endAll(viewer.id);
  viewerSignedOut(viewer.id);
}

/** Signs out on one device. */
export async function endSession(viewer: Viewer, key: string, store: SessionStore): Promise<void> {
  if (!(await ownSession(viewer, key))) throw notFound();
  await store.end(key, viewer.id);
  sessionEnded(viewer.id, key);
}
