// Duty: what the map may be asked, as schemas. What it answers, without schemas: mapViews.ts.
import { z } from 'zod';
import { caseFilter, limits } from './cases.ts';
import { municipalitySchema } from './directory.ts';
import { briefingLanguages } from './mapAdvocacy.ts';
import { type Box, mapMeasures } from './mapViews.ts';

const longitude = z.number().min(-180, 'too_small').max(180, 'too_large');
const latitude = z.number().min(-90, 'too_small').max(90, 'too_large');

/** `west,south,east,north` in degrees. */
const boxSchema = z
  .string()
  .max(120, 'too_long')
  .transform((text) => text.split(',').map(Number))
  .pipe(z.tuple([longitude, latitude, longitude, latitude]))
  .transform(([west, south, east, north]): Box => ({ west, south, east, north }))
  .refine((box) => box.west < box.east && box.south < box.north, { message: 'wrong_format' });

export const mapClustersQuery = caseFilter.extend({
  bbox: boxSchema,
  zoom: z.coerce.number().min(0, 'too_small').max(22, 'too_large'),
});
export const mapAreasQuery = caseFilter.extend({ measure: z.enum(mapMeasures).default('cases') });
const placeIds = z.preprocess(
  (value) => (typeof value === 'string' ? value.split(',').filter(Boolean) : value),
  z.array(z.string().max(60)).max(200),
);
export const mapCasesQuery = caseFilter.extend({
  /** Ids of map places, comma-separated: settlements, or municipalities for what is told no finer. All when absent. */
  place: placeIds.optional(),
  /** One case by its reference: how a point becomes a row. */
  reference: z.string().max(40).optional(),
  cursor: z
    .string()
    .regex(/^[0-9a-z]{1,14}$/, 'wrong_format')
    .optional(),
  limit: z.coerce.number().int().min(1).max(limits.page).default(50),
});
export type MapCasesQuery = z.infer<typeof mapCasesQuery>;

export const briefingParams = z.object({ municipality: municipalitySchema });
export const briefingQuery = z.strictObject({ language: z.enum(briefingLanguages).default('sq') });
