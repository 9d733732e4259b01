// Duty: the second factor of signing in as both sides know it: what a code looks like, what is sent, why it is reset.
import { z } from 'zod';
import { factorResetReasons } from './secondFactorReasons.ts';

export * from './secondFactorReasons.ts';

/** Six digits from a phone, or one of the ten codes on paper; spaces, dashes and capitals do not matter. */
export const factorCodeSchema = z
  .string()
  .min(1, 'required')
  .max(60, 'too_long')
  .transform((code) => code.replace(/[\s-]/g, '').toLowerCase())
  .pipe(z.string().regex(/^(\d{6}|[a-z0-9]{12})$/, 'not_a_code'));

const password = z.string().min(1, 'required').max(200, 'too_long');
export const signInCodeInput = z.strictObject({ code: factorCodeSchema });
export const beginFactorInput = z.strictObject({ password });
export const confirmFactorInput = z.strictObject({ code: factorCodeSchema });
/** What turning it off, or new recovery codes, asks for. */
export const proveFactorInput = z.strictObject({ password, code: factorCodeSchema });
export const resetFactorInput = z.strictObject({ reason: z.enum(factorResetReasons) });

/** Told once, while it is being set up: to be typed or scanned into a phone. */
export interface FactorSetUp {
  /** Base32. */
  key: string;
  /** `otpauth://…`, which the phone reads from the picture. */
  address: string;
}
/** Told once: ten codes for the day on which the phone is not at hand. */
export interface RecoveryCodes {
  codes: string[];
}

/** What the person themselves is told of their second factor. */
export interface OwnFactor {
  since: string | null;
  recoveryCodesLeft: number;
  /** The office asks for one in this role. */
  required: boolean;
}
/** Instead of who is signed in: the password was right, and a code is asked for. */
export interface FactorAsked {
  secondFactor: 'asked';
}
