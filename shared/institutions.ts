// Duty: duty bearers as both sides know them: who is responsible for what, at which level, who holds office, how they answer. Letters: letters.ts.
import { z } from 'zod';
import { type Answer, daySchema, idSchema } from './api.ts';
import { type MunicipalitySlug, municipalitySlugs } from './directory.ts';
import { type InstitutionLevel, institutionLevels } from './institutionLists.ts';
import { type Theme, themes } from './themes.ts';

export * from './institutionLists.ts';

export interface Institution {
  id: string;
  /** Of one municipality's office: the documented kind of office it is. Null: the documented one itself. */
  of: string | null;
  /** Of an office; null for the documented kind and for central bodies. */
  municipality: MunicipalitySlug | null;
  level: InstitutionLevel;
  /** Works through branches or regional offices in the municipalities. */
  hasLocalOffices: boolean;
  themes: Theme[];
  names: { sq: string; sr: string; en: string };
  /** What it is responsible for, in English as documented. */
  role: string;
  /** How well the names and the role are documented. */
  verification: string;
}

export const institutionQuery = z.strictObject({
  municipality: z.enum(municipalitySlugs).optional(),
  theme: z.enum(themes).optional(),
  level: z.enum(institutionLevels).optional(),
  /** In place of the documented kinds: those that a letter can be written to, central bodies and offices. A municipality implies it. */
  offices: z.enum(['true', 'false']).optional(),
});
export type InstitutionQuery = z.infer<typeof institutionQuery>;

/** Institutions are known by a word, not by a made id. */
export const institutionIdSchema = z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'not_an_id');

const words = z.string().trim().min(1, 'required').max(120, 'too_long');
export const officeHolder = z
  .strictObject({
    id: idSchema,
    /** Office holders are public: the name under which they hold the office, and nothing more. */
    name: words,
    office: words,
    from: daySchema,
    to: daySchema.nullable(),
  })
  .refine(({ from, to }) => to === null || to >= from, { path: ['to'], message: 'before_start' });
export type OfficeHolder = z.infer<typeof officeHolder>;

export const officeHoldersInput = z.strictObject({
  version: z.number().int().min(0),
  people: z.array(officeHolder).max(40, 'too_many'),
});
export type OfficeHoldersInput = z.infer<typeof officeHoldersInput>;

/** How an institution answered and kept its word in one year. Withdrawn letters do not count. */
export interface ScorecardYear {
  year: number;
  lettersSent: number;
  /** Answered or refused. */
  answered: number;
  /** Calendar days from sending to answer; null while there is none. */
  medianDays: number | null;
  silent: number;
  /** Of those that were answered or whose day has passed; null while there is none. */
  silentShare: number | null;
  kept: number;
  late: number;
  broken: number;
}

export interface Scorecard {
  /** All years together, then each, newest first. */
  total: Omit<ScorecardYear, 'year'>;
  years: ScorecardYear[];
}

export type InstitutionAbility = 'editPeople' | 'writeLetter';

export interface InstitutionPage extends Institution {
  version: number;
  people: OfficeHolder[];
  scorecard: Scorecard;
}
export type InstitutionAnswer = Answer<InstitutionPage, InstitutionAbility>;
