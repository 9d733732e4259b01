// Duty: set the rule of a kind of letter and the holidays of a year. Rules are for letters sent afterwards; holidays move clocks that run.
import type { LetterKind } from '../../../shared/letterLists.ts';
import type { HolidaysInput, HolidayYear, ReplyRule, ReplyRuleInput } from '../../../shared/replyRules.ts';
import { clock } from '../../clock.ts';
import { conflict, type FieldFault, invalid, notFound } from '../../errors.ts';
import { ensure, type Viewer } from '../../policy.ts';
import { replyRuleChanged } from './institutions.live.ts';
import { HolidayModel, ReplyRuleModel } from './institutions.model.ts';
import { mayEditRules, seesRules } from './institutions.policy.ts';
import { moveReplyDays } from './silence.commands.ts';

const duplicateKey = 11000;
type Kept = typeof ReplyRuleModel | typeof HolidayModel;

/** Writes the record when nobody was faster; 409 with what stands now otherwise. */
async function write(kept: Kept, id: string, version: number, set: object): Promise<void> {
  const models = kept as typeof ReplyRuleModel;
  const standing = async () => {
    const { _id, ...now } = (await models.findOne({ _id: id as never }).lean()) ?? { _id: id, version: 0 };
    return now;
  };
  const now = await standing();
  if (version > now.version) throw invalid([{ path: ['version'], code: 'not_a_version' }]);
  const done =
    version === 0 && now.version === 0
      ? await models
          .create({ _id: id, ...set, version: 1 } as never)
          .then(() => true)
          .catch((error: unknown) => {
            if ((error as { code?: number }).code === duplicateKey) return false;
            throw error;
          })
      : (await models.updateOne({ _id: id as never, version }, { $set: { ...set, version: version + 1 } }))
          .matchedCount > 0;
  if (!done) throw conflict('replyRule.stale', { ...(await standing()) });
}

export async function setReplyRule(
  viewer: Viewer,
  kind: LetterKind,
  { version, ...rule }: ReplyRuleInput,
): Promise<ReplyRule> {
  if (!seesRules(viewer)) throw notFound();
  ensure(mayEditRules, viewer, null);
  await write(ReplyRuleModel, kind, version, rule);
  await replyRuleChanged(kind, version + 1, viewer.id);
  return { kind, version: version + 1, ...rule };
}

/** The list first, then the clocks that run: a stop in between is made up for by the job that watches them. */
export async function setHolidays(
  viewer: Viewer,
  year: string,
  { version, days }: HolidaysInput,
  now = clock.now(),
): Promise<HolidayYear> {
  if (!seesRules(viewer)) throw notFound();
  ensure(mayEditRules, viewer, null);
  const faults = days.flatMap(({ day }, at): FieldFault[] => {
    if (!day.startsWith(`${year}-`)) return [{ path: ['days', at, 'day'], code: 'not_in_year' }];
    return days.findIndex((one) => one.day === day) < at
      ? [{ path: ['days', at, 'day'], code: 'repeated' }]
      : [];
  });
  if (faults.length > 0) throw invalid(faults);
  const sorted = days.toSorted((a, b) => a.day.localeCompare(b.day));
  await write(HolidayModel, year, version, { days: sorted });
  await replyRuleChanged(year, version + 1, viewer.id);
  await moveReplyDays(now);
  return { year, version: version + 1, days: sorted };
}

/** For seeds: the shipped example and the known holidays, where nobody has set any. */
export async function recordReplyRules(rules: ReplyRule[], years: HolidayYear[]): Promise<void> {
  for (const { kind, ...rule } of rules)
    await ReplyRuleModel.updateOne({ _id: kind }, { $setOnInsert: rule }, { upsert: true });
  for (const { year, ...rest } of years)
    await HolidayModel.updateOne({ _id: year }, { $setOnInsert: rest }, { upsert: true });
}
