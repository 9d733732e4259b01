// Duty: what the identity vault takes and shows, for both sides: fields, reasons for opening, schemas, views. No key and no cipher here.
import { z } from 'zod';
import type { Colleague } from './directory.ts';

/** Everything the vault can hold about the person concerned. Nothing here is ever needed to save a case. */
export const identityFields = ['name', 'phone', 'address', 'idNumber', 'point', 'guardian'] as const;
export type IdentityField = (typeof identityFields)[number];

/** Why a record is opened. A closed list: free words in a log would be personal data again. */
export const openReasons = [
  'call_person',
  'visit',
  'fill_document',
  'refer',
  'correct',
  'person_asked',
  'check_match',
  'emergency',
] as const;
export type OpenReason = (typeof openReasons)[number];

export const identityLimits = { name: 120, address: 300, guardian: 200 } as const;
/** How long an opened record stays on the screen, and how many one reader may open in an hour. */
export const openForSeconds = 60;
export const openingsPerHour = 30;
export const changesPerHour = 40;

const words = (maximum: number) => z.string().trim().min(1, 'required').max(maximum, 'too_long');

const valueSchemas = {
  name: words(identityLimits.name),
  phone: z
    .string()
    .trim()
    .regex(/^\+?[0-9][0-9 ()/.-]{5,23}$/, 'not_a_phone'),
  address: words(identityLimits.address),
  idNumber: z
    .string()
    .trim()
    .regex(/^[0-9A-Za-z][0-9A-Za-z -]{3,23}$/, 'not_an_id_number'),
  /** Degrees, WGS 84, `latitude, longitude`, as maps and telephones copy them. */
  point: z
    .string()
    .trim()
    .regex(/^-?\d{1,2}(\.\d{1,8})?, ?-?\d{1,3}(\.\d{1,8})?$/, 'not_a_point')
    .refine((value) => {
      const [latitude, longitude] = value.split(',').map(Number);
      return Math.abs(latitude!) <= 90 && Math.abs(longitude!) <= 180;
    }, 'not_a_point'),
  guardian: words(identityLimits.guardian),
} satisfies Record<IdentityField, z.ZodType<string>>;

/** Null takes a value out; a field left out stays as it is. */
const identityValues = z.strictObject({
  name: valueSchemas.name.nullable().optional(),
  phone: valueSchemas.phone.nullable().optional(),
  address: valueSchemas.address.nullable().optional(),
  idNumber: valueSchemas.idNumber.nullable().optional(),
  point: valueSchemas.point.nullable().optional(),
  guardian: valueSchemas.guardian.nullable().optional(),
});

export const identityChange = z.strictObject({
  /** 0 when the vault holds nothing for this case yet. */
  version: z.number().int().min(0),
  fields: identityValues.refine((fields) => Object.keys(fields).length > 0, 'required'),
});
export type IdentityChange = z.infer<typeof identityChange>;

export const identityOpen = z.strictObject({
  reason: z.enum(openReasons),
  /** Only these; all that the reader may open when left out. */
  fields: z.array(z.enum(identityFields)).min(1, 'required').max(identityFields.length).optional(),
});
export type IdentityOpen = z.infer<typeof identityOpen>;

export const identityAbilities = ['open', 'change', 'readLog', 'seeMatches'] as const;
export type IdentityAbility = (typeof identityAbilities)[number];

/** What is known without opening: which fields are kept, never what they say. */
export interface IdentityStatus {
  caseId: string;
  version: number;
  held: IdentityField[];
  /** Of the held ones, those this viewer may open. */
  openable: IdentityField[];
}

/** An opened record. Held by the browser for `openForSeconds`, never kept. */
export interface OpenedIdentity {
  values: Partial<Record<IdentityField, string>>;
  /** Kept, but no longer readable: altered, or sealed under a key that is gone. */
  damaged: IdentityField[];
  /** When the screen closes it again. */
  closesAt: string;
}

/** Answer to a change. A match says only that the phone or the number is known elsewhere. */
export interface IdentityChanged extends IdentityStatus {
  possibleMatch: boolean;
}

/** Another case whose phone or ID number is the same; for coordinators, who see all cases. */
export interface IdentityMatch {
  caseId: string;
  reference: string;
  fields: IdentityField[];
}

export const readingKinds = ['opened', 'changed', 'erased', 'refused'] as const;
export type ReadingKind = (typeof readingKinds)[number];

/** One line of "who opened my file". */
export interface VaultReadingRow {
  id: string;
  at: string;
  kind: ReadingKind;
  by: Colleague | null;
  reason: OpenReason | null;
  fields: IdentityField[];
}
