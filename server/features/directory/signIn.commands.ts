// Duty: check an e-mail and a password. The session itself is http/session.ts.
import { passwordMatches } from './passwords.ts';
import { userForSignIn } from './users.queries.ts';

/** The user these belong to, or null; takes the same time whether or not the e-mail is known. */
export async function verifySignIn(
  email: string,
  password: string,
  _address: string,
): Promise<Express.User | null> {
  const found = await userForSignIn(email.trim().toLowerCase());
  const matches = await passwordMatches(found?.passwordHash ?? null, password);
  return matches ? found!.viewer : null;
}
