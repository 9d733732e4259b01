// Duty: the arithmetic of the second factor (TOTP, RFC 6238): keys, which time step a code is of, recovery codes and their hashes. Keeps nothing.
import { createHmac, hkdfSync, randomInt } from 'node:crypto';
import { generateSecret, generateURI, verifySync } from 'otplib';
import { clock } from '../../clock.ts';

const stepSeconds = 30;

/** 160 bits, in base32. */
export const newFactorKey = (): string => generateSecret();

/** What a phone reads from the picture. */
export const addressOfKey = (key: string, email: string): string =>
  generateURI({ issuer: 'KOSINT Tracker', label: email, secret: key });

/** The time step whose code this is, now or one step to either side; null when it is none of these. */
export function stepOfCode(key: string, code: string): number | null {
  if (!/^\d{6}$/.test(code)) return null;
  const epoch = Math.floor(clock.now().getTime() / 1000);
  const found = verifySync({ secret: key, token: code, epoch, epochTolerance: stepSeconds });
  return found.valid && 'timeStep' in found ? found.timeStep : null;
}

const recoveryCount = 10;
const recoveryLength = 12;
/** Without letters and digits that look alike on paper: almost 60 bits a code. */
const recoveryLetters = '23456789abcdefghjkmnpqrstuvwxyz';

export const newRecoveryCodes = (): string[] =>
  Array.from({ length: recoveryCount }, () =>
    Array.from({ length: recoveryLength }, () => recoveryLetters[randomInt(recoveryLetters.length)]).join(''),
  );

/** All that is kept of a recovery code. Keyed by the sealed key, so that a copy of the database lets nobody try codes. */
export function recoveryHash(key: string, code: string): string {
  const own = Buffer.from(hkdfSync('sha256', key, '', 'kosint/second-factor/recovery', 32));
  return createHmac('sha256', own).update(code).digest('base64url');
}
