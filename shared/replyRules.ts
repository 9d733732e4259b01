// Duty: the rules of the reply clock as both sides know them: days per kind of letter, public holidays per year. The counting is replyClock.ts.
import { z } from 'zod';
import { daySchema } from './api.ts';
import {
  type DayKind,
  dayKinds,
  type LetterKind,
  letterLimits,
  type SilenceMeaning,
  silenceMeanings,
} from './letterLists.ts';

const longestDays = 365;
const lawName = z.string().trim().min(1, 'required').max(letterLimits.law, 'too_long');

export const replyRuleInput = z.strictObject({
  /** Zero: none is set yet. */
  version: z.number().int().min(0),
  days: z.number().int().min(1, 'not_positive').max(longestDays, 'too_large'),
  dayKind: z.enum(dayKinds),
  extensionDays: z.number().int().min(0, 'negative').max(longestDays, 'too_large'),
  silence: z.enum(silenceMeanings),
  /** The law it comes from, as letters name it. */
  law: z.strictObject({ sq: lawName, sr: lawName, en: lawName }),
  /** A lawyer has looked at it. */
  checked: z.boolean(),
});
export type ReplyRuleInput = z.infer<typeof replyRuleInput>;

export interface ReplyRule {
  kind: LetterKind;
  version: number;
  days: number;
  dayKind: DayKind;
  extensionDays: number;
  silence: SilenceMeaning;
  law: { sq: string; sr: string; en: string };
  checked: boolean;
}

const name = z.string().trim().min(1, 'required').max(80, 'too_long');
export const holidayYearSchema = z.string().regex(/^20\d\d$/, 'wrong_format');

export const holidaysInput = z.strictObject({
  version: z.number().int().min(0),
  days: z
    .array(
      z.strictObject({
        day: daySchema,
        names: z.strictObject({ sq: name, sr: name, en: name }),
        /** False: the day is not announced yet, or depends on the moon. */
        sure: z.boolean(),
      }),
    )
    .max(60, 'too_many'),
});
export type HolidaysInput = z.infer<typeof holidaysInput>;
export type Holiday = HolidaysInput['days'][number];

export interface HolidayYear {
  year: string;
  version: number;
  days: Holiday[];
}

export type ReplyRuleAbility = 'editRules';
