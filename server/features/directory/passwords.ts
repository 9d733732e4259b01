// Duty: argon2id hashes of passwords, made and checked. Which user and how often is not decided here.
import { hash, verify } from '@node-rs/argon2';

/** OWASP's argon2id parameters: 19 MiB, 2 passes, 1 lane (argon2id is the library's default algorithm). */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const hashPassword = (password: string) => hash(password, parameters);

/** A hash nobody has the password of, so that an unknown e-mail takes as long as a wrong password. */
const nobody = hashPassword(crypto.randomUUID());

export async function passwordMatches(kept: string | null, password: string): Promise<boolean> {
  const matches = await verify(kept ?? (await nobody), password);
  return kept !== null && matches;
}
