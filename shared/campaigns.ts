// Duty: what campaigns take: the schemas. The table of stages: campaignMoves.ts; what the API shows: campaignViews.ts.
import { z } from 'zod';
import { daySchema, idSchema, versionSchema } from './api.ts';
import {
  actionKinds,
  actionStatuses,
  audiences,
  campaignLimits,
  campaignResults,
  campaignStages,
  policyStages,
  recognisedAnswers,
  tacticChanges,
  useDetails,
} from './campaignLists.ts';
import { municipalitySlugs } from './directoryLists.ts';
import { themeSchema } from './themes.ts';

export * from './campaignLists.ts';
export * from './campaignMoves.ts';

const line = (maximum: number) => z.string().trim().min(1, 'required').max(maximum, 'too_long');
const words = (maximum: number) => z.string().trim().max(maximum, 'too_long');
const reason = line(2000);
const setOf = <Item extends z.ZodType>(item: Item, maximum: number) =>
  z
    .array(item)
    .max(maximum, 'too_many')
    .refine((all) => new Set(all).size === all.length, 'repeated');
const municipality = z.enum(municipalitySlugs);
const municipalities = setOf(municipality, municipalitySlugs.length);
/** A duty bearer's id as the facts name it. */
const institution = z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'not_an_id');
const based = { version: versionSchema };

export const campaignListQuery = z.strictObject({
  stage: z.enum(campaignStages).optional(),
  /** Everything but the closed: what the map counts. */
  underWay: z.literal('true').optional(),
  municipality: municipality.optional(),
  theme: themeSchema.optional(),
  issue: idSchema.optional(),
  institution: institution.optional(),
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(100),
});
export type CampaignListQuery = z.infer<typeof campaignListQuery>;

/** Of the campaigns that are named, so that whoever shows a part of a long list asks for that part. */
export const timelineQuery = z
  .strictObject({
    from: daySchema,
    to: daySchema,
    campaigns: z.preprocess(
      (value) => (typeof value === 'string' ? value.split(',').filter(Boolean) : value),
      setOf(idSchema, campaignLimits.timeline).min(1, 'required'),
    ),
  })
  .refine(({ from, to }) => from <= to, { path: ['to'], message: 'before_start' })
  .refine(({ from, to }) => Date.parse(to) - Date.parse(from) <= 800 * 86_400_000, {
    path: ['to'],
    message: 'too_far',
  });
export type TimelineQuery = z.infer<typeof timelineQuery>;

const fields = {
  title: line(140),
  theme: themeSchema,
  municipalities,
  whyNow: words(2000),
  issueIds: setOf(idSchema, 20),
};

export const campaignCreate = z.strictObject({ id: idSchema, ...fields });
export type CampaignCreate = z.infer<typeof campaignCreate>;

export const campaignRevise = z
  .strictObject({
    ...fields,
    team: setOf(idSchema, campaignLimits.team),
    partners: setOf(idSchema, 20),
  })
  .partial()
  .extend(based);
export type CampaignRevise = z.infer<typeof campaignRevise>;

export const campaignMoveInput = z.discriminatedUnion('move', [
  z.strictObject({
    move: z.literal('plan'),
    issueIds: fields.issueIds.min(1, 'required'),
    municipalities: municipalities.min(1, 'required'),
    whyNow: line(2000),
    ...based,
  }),
  z.strictObject({ move: z.literal('activate'), ...based }),
  z.strictObject({ move: z.literal('pause'), reason, reviewOn: daySchema, ...based }),
  z.strictObject({ move: z.literal('resume'), reason, ...based }),
  z.strictObject({ move: z.literal('monitor'), ...based }),
  z.strictObject({ move: z.literal('ask_again'), reason, ...based }),
  z.strictObject({
    move: z.literal('close'),
    result: z.enum(campaignResults),
    lessons: line(4000),
    ...based,
  }),
]);
export type CampaignMoveInput = z.infer<typeof campaignMoveInput>;

const demand = {
  /** One sentence. */
  text: line(300),
  institutionId: institution,
  municipality: municipality.nullable(),
  audience: z.enum(audiences).nullable(),
  change: z.enum(tacticChanges).nullable(),
  policyStage: z.enum(policyStages),
  indicator: words(300),
  startsOn: daySchema,
  endsOn: daySchema.nullable(),
};
function endsAfterStart(
  { startsOn, endsOn }: { startsOn?: string | undefined; endsOn?: string | null | undefined },
  context: z.RefinementCtx,
): void {
  if (startsOn && endsOn && endsOn <= startsOn)
    context.addIssue({ code: 'custom', path: ['endsOn'], message: 'before_start' });
}

export const demandCreate = z.strictObject({ id: idSchema, ...demand }).superRefine(endsAfterStart);
export type DemandCreate = z.infer<typeof demandCreate>;
export const demandRevise = z.strictObject(demand).partial().extend(based).superRefine(endsAfterStart);
export type DemandRevise = z.infer<typeof demandRevise>;
/** `open` takes a decision back that was written down by mistake. */
export const demandDecision = z.strictObject({
  status: z.enum(['open', 'adopted', 'refused']),
  decidedOn: daySchema.nullable(),
  note: words(2000),
  ...based,
});
export type DemandDecision = z.infer<typeof demandDecision>;

const action = {
  kind: z.enum(actionKinds),
  title: line(200),
  status: z.enum(actionStatuses),
  on: daySchema,
  municipality: municipality.nullable(),
  place: words(200),
  demandId: idSchema.nullable(),
  /** How many people it reached; nobody counts before it is done. */
  reached: z.number().int().min(0).max(1_000_000).nullable(),
  note: words(2000),
};
export const actionCreate = z.strictObject({ id: idSchema, ...action });
export type ActionCreate = z.infer<typeof actionCreate>;
export const actionRevise = z.strictObject(action).partial().extend(based);
export type ActionRevise = z.infer<typeof actionRevise>;

const milestone = { title: line(200), due: daySchema, doneOn: daySchema.nullable() };
export const milestoneCreate = z.strictObject({ id: idSchema, ...milestone });
export type MilestoneCreate = z.infer<typeof milestoneCreate>;
export const milestoneRevise = z.strictObject(milestone).partial().extend(based);
export type MilestoneRevise = z.infer<typeof milestoneRevise>;

/** The version that the reader saw: what changed since is not removed unseen. */
export const basedOn = z.strictObject({ version: z.coerce.number().int().min(1) });

export const useChoose = z.strictObject({ caseIds: setOf(idSchema, 50).min(1, 'required') });
export type UseChoose = z.infer<typeof useChoose>;
/** The four questions of the do-no-harm check, answered for one case. */
export const useCheck = z.strictObject({
  recognised: z.enum(recognisedAnswers),
  byWhom: words(1000),
  harm: line(2000),
  /** Do they know? A use that they do not know of is refused. */
  aware: z.boolean(),
  awareHow: words(1000),
  detail: z.enum(useDetails),
});
export type UseCheck = z.infer<typeof useCheck>;
