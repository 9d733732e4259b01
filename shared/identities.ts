// Duty: what the identity vault takes: the schemas. No key and no cipher here.
import { z } from 'zod';
import {
  changeReasons,
  type IdentityField,
  identityFields,
  identityLimits,
  openReasons,
} from './identityLists.ts';

export * from './identityLists.ts';

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
  /** `moved_from_text`: what the vault holds already stays, unless replacing it is asked for. */
  reason: z.enum(changeReasons).optional(),
  replace: z.boolean().optional(),
});
export type IdentityChange = z.infer<typeof identityChange>;

export const identityOpen = z.strictObject({
  reason: z.enum(openReasons),
  /** Only these; all that the reader may open when left out. */
  fields: z.array(z.enum(identityFields)).min(1, 'required').max(identityFields.length).optional(),
});
export type IdentityOpen = z.infer<typeof identityOpen>;
