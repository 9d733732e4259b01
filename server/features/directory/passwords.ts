// Duty: argon2id hashes of passwords, made and checked, and which passwords are too weak. Which user and how often is not decided here.
import { hash, verify } from '@node-rs/argon2';
import { type FieldFault, invalid } from '../../errors.ts';
import { commonStems } from './commonPasswords.ts';

/** OWASP's argon2id parameters: 19 MiB, 2 passes, 1 lane (argon2id is the library's default algorithm). */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const hashPassword = (password: string) => hash(password, parameters);

/** A hash nobody has the password of, so that an unknown e-mail takes as long as a wrong password. */
const nobody = hashPassword(crypto.randomUUID());

export async function passwordMatches(kept: string | null, password: string): Promise<boolean> {
  const matches = await verify(kept ?? (await nobody), password);
  return kept !== null && matches;
}

const fewestDistinctCharacters = 5;

/** Throws 422 for a password that guessers try first, or that contains the e-mail's own name. Length is the schema's. */
export function ensureStrong(password: string, email: string): void {
  const code = weaknessOf(password, email);
  if (!code) return;
  const fault: FieldFault = { path: ['password'], code };
  throw invalid([fault]);
}

function weaknessOf(password: string, email: string): 'too_common' | 'contains_email' | null {
  const plain = password.toLowerCase();
  const name = email.toLowerCase().split('@')[0] ?? '';
  if (plain.includes(email.toLowerCase()) || (name.length >= 4 && plain.includes(name)))
    return 'contains_email';
  const isPoor = new Set(plain).size < fewestDistinctCharacters;
  return isPoor || isMadeOfCommonStems(plain) ? 'too_common' : null;
}

/** True when nothing is left once the stems guessers combine, digits and signs are taken out. */
function isMadeOfCommonStems(plain: string): boolean {
  const core = plain.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  const letters = core
    .replace(/[@4]/g, 'a')
    .replace(/0/g, 'o')
    .replace(/[$5]/g, 's')
    .replace(/[1!]/g, 'i')
    .replace(/3/g, 'e');
  return [plain, letters].some((candidate) => {
    let rest = candidate;
    for (const stem of commonStems) rest = rest.replaceAll(stem, '');
    return rest.replace(/[^\p{L}]/gu, '').length <= 2;
  });
}
