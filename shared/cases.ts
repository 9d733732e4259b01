// Duty: what a case file is to both sides: closed lists and input schemas. What the API shows: caseViews.ts; transitions: caseMoves.ts.
import { z } from 'zod';
import { atMostOneEach, daySchema, idSchema, versionSchema } from './api.ts';
import {
  ageBands,
  caseGaps,
  caseKinds,
  caseSorts,
  caseStatuses,
  consentBases,
  limits,
  precisions,
  sensitivities,
  urgencies,
} from './caseLists.ts';
import { languageSchema, municipalitySchema } from './directory.ts';
import { belongsToTheme, type SubTheme, subThemeSchema, type Theme, themeSchema } from './themes.ts';

export * from './caseLists.ts';

const text = (maximum: number) => z.string().trim().max(maximum, 'too_long');
const requiredText = (maximum: number) => text(maximum).min(1, 'required');

const persons = z.number().int().min(0).max(limits.people);

const peopleSchema = z
  .strictObject({
    /** Persons concerned, counted or estimated. */
    count: z.number().int('not_a_whole_number').min(1, 'too_small').max(limits.people, 'too_large'),
    households: z
      .number()
      .int('not_a_whole_number')
      .min(1, 'too_small')
      .max(limits.people, 'too_large')
      .nullable(),
    ageBands: atMostOneEach(ageBands, persons),
  })
  .refine((people) => Object.values(people.ageBands).reduce((sum, n) => sum + (n ?? 0), 0) <= people.count, {
    path: ['ageBands'],
    message: 'more_than_count',
  });
export type People = z.infer<typeof peopleSchema>;

const caseFields = z.strictObject({
  kind: z.enum(caseKinds),
  theme: themeSchema,
  subTheme: subThemeSchema,
  title: requiredText(limits.title),
  description: requiredText(limits.story),
  need: text(limits.need),
  municipality: municipalitySchema,
  /** A settlement of that municipality, or null when only the municipality is known. */
  settlement: z.string().max(60).nullable(),
  precision: z.enum(precisions),
  people: peopleSchema,
  urgency: z.enum(urgencies),
  /** The case is about a child: sensitivity becomes high and a guardian's consent is asked for. */
  concernsChild: z.boolean(),
  guardianConsent: z.boolean(),
  consentBasis: z.enum(consentBases),
  language: languageSchema,
  interpreterNeeded: z.boolean(),
});
export type CaseFields = z.infer<typeof caseFields>;

function subThemeFits(
  fields: { theme?: Theme | undefined; subTheme?: SubTheme | undefined },
  context: z.RefinementCtx,
) {
  if (fields.theme && fields.subTheme && !belongsToTheme(fields.theme, fields.subTheme))
    context.addIssue({ code: 'custom', path: ['subTheme'], message: 'not_of_this_theme' });
}

export const caseCreate = caseFields
  .extend({ id: idSchema })
  .superRefine(subThemeFits)
  .superRefine((fields, context) => {
    if (fields.concernsChild && fields.consentBasis === 'consented' && !fields.guardianConsent)
      context.addIssue({ code: 'custom', path: ['guardianConsent'], message: 'required' });
  });
export type CaseCreate = z.infer<typeof caseCreate>;

/** The fields a page may change after intake. The municipality is fixed: the reference and the scope hang on it. */
export const caseRevise = caseFields
  .omit({ municipality: true, urgency: true })
  .extend({ sensitivity: z.enum(sensitivities) })
  .partial()
  .extend({ version: versionSchema })
  .superRefine(subThemeFits);
export type CaseRevise = z.infer<typeof caseRevise>;

export const noteCreate = z.strictObject({ id: idSchema, text: requiredText(limits.note) });
export const stepCreate = z.strictObject({ id: idSchema, title: requiredText(limits.step), due: daySchema });
export const stepRevise = z.strictObject({
  title: requiredText(limits.step).optional(),
  due: daySchema.optional(),
  done: z.boolean().optional(),
  version: versionSchema,
});
export const assignInput = z.strictObject({
  lead: idSchema,
  collaborators: z.array(idSchema).max(20),
  version: versionSchema,
});

export const bulkTriageInput = z.strictObject({
  ids: z.array(idSchema).min(1).max(limits.bulk),
  urgency: z.enum(urgencies),
  lead: idSchema,
});
export const bulkAssignInput = z.strictObject({
  ids: z.array(idSchema).min(1).max(limits.bulk),
  lead: idSchema,
});
export interface BulkResult {
  id: string;
  reference: string | null;
  ok: boolean;
  /** When not ok: the code of the field's fault (`fault.<code>`) if there is one, else of the error (`error.<code>`). */
  code: string | null;
}

const oneOrMore = <Item extends z.ZodType>(item: Item) =>
  z.preprocess(
    (value) => (typeof value === 'string' ? value.split(',').filter(Boolean) : value),
    z.array(item).max(40),
  );

/** Filters of list, map, counts and export: comma-separated in the URL. All optional, all combinable. */
export const caseFilter = z.strictObject({
  municipality: oneOrMore(municipalitySchema).optional(),
  theme: oneOrMore(themeSchema).optional(),
  subTheme: oneOrMore(subThemeSchema).optional(),
  status: oneOrMore(z.enum(caseStatuses)).optional(),
  urgency: oneOrMore(z.enum(urgencies)).optional(),
  settlement: oneOrMore(z.string().max(60)).optional(),
  lead: z.union([idSchema, z.literal('none'), z.literal('me')]).optional(),
  /** `true`: the next step is past its day and the case is open. */
  late: z.stringbool().optional(),
  /** Behind this structural issue. */
  issue: idSchema.optional(),
  /** Used in this campaign. */
  campaign: idSchema.optional(),
  /** First and last day of logging. */
  from: daySchema.optional(),
  to: daySchema.optional(),
});
export type CaseFilter = z.infer<typeof caseFilter>;

export const caseListQuery = caseFilter.extend({
  /** Those whose record lacks this. Of the list alone: counts and map do not know it. */
  gap: z.enum(caseGaps).optional(),
  q: z.string().trim().max(200, 'too_long').optional(),
  sort: z.enum(caseSorts).default('newest'),
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(limits.page).default(50),
});
export type CaseListQuery = z.infer<typeof caseListQuery>;

export const similarQuery = z.strictObject({
  theme: themeSchema,
  municipality: municipalitySchema,
  settlement: z.string().max(60).optional(),
  text: z
    .string()
    .max(limits.title + limits.story)
    .optional(),
});

export const savedFilterInput = z.strictObject({
  id: idSchema,
  name: requiredText(60),
  query: z.string().max(1000),
});
export interface SavedFilter {
  id: string;
  name: string;
  /** URL search of the list, without cursor. */
  query: string;
}
