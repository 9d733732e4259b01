// Duty: users as others may see them, and the viewer behind a session.
import type { Viewer } from '../../policy.ts';
import { type User, UserModel } from './users.model.ts';

function viewerOf(user: User): Express.User {
  return {
    id: user._id,
    name: user.name,
    role: user.role,
    municipality: user.municipality ?? null,
    organisation: user.organisation ?? null,
    language: user.language,
    sessionEpoch: user.sessionEpoch,
  };
}

/** The person behind a session; null when they are gone, inactive, or signed out everywhere since. */
export async function viewerForSession(id: string, epoch: number): Promise<Express.User | null> {
  const user = await UserModel.findOne({ _id: id, active: true, sessionEpoch: epoch }).lean<User>();
  return user && viewerOf(user);
}

/** The viewer as they are now, for long-lived connections; null when they may no longer sign in. */
export async function viewerNow(id: string): Promise<Viewer | null> {
  const user = await UserModel.findOne({ _id: id, active: true }).lean<User>();
  return user && viewerOf(user);
}

/** For sign-in alone: the one user of that e-mail who may sign in, with the hash. */
export async function userForSignIn(
  email: string,
): Promise<{ viewer: Express.User; passwordHash: string } | null> {
  const user = await UserModel.findOne({ email, active: true }).lean<User>();
  return user?.passwordHash ? { viewer: viewerOf(user), passwordHash: user.passwordHash } : null;
}
