// Duty: check an e-mail and a password. The session itself is http/session.ts.
import type { Origin } from '../../http/session.ts';
import { passwordMatches } from './passwords.ts';
import type { Settings } from './settings.ts';
import { beginAttempt } from './signInLimits.ts';
import { userForSignIn } from './users.queries.ts';

/** The user these belong to, or null; the same work whether or not the e-mail is known. Throws 429 while they must wait. */
export async function verifySignIn(
  settings: Pick<Settings, 'exampleAccounts'>,
  email: string,
  password: string,
  from: Origin,
): Promise<Express.User | null> {
  const attempt = await beginAttempt(email, from);
  const found = await userForSignIn(email);
  const matches = await passwordMatches(found?.passwordHash ?? null, password);
  if (!found || !matches) return null;
  if (found.viewer.example && !settings.exampleAccounts) return null;
  await attempt.succeeded({ trusts: !found.viewer.secondFactor });
  return found.viewer;
}
