// Duty: how a duty bearer is kept, with who holds office there; how the rules of the reply clock and the holidays are kept.
import { model, Schema } from 'mongoose';
import type { MunicipalitySlug } from '../../../shared/directory.ts';
import { type InstitutionLevel, institutionLevels, type OfficeHolder } from '../../../shared/institutions.ts';
import type { HolidayYear, ReplyRule } from '../../../shared/replyRules.ts';
import { type Theme, themes } from '../../../shared/themes.ts';

export interface InstitutionEntry {
  _id: string;
  /** Of one municipality's office: its documented kind. */
  of: string | null;
  municipality: MunicipalitySlug | null;
  level: InstitutionLevel;
  hasLocalOffices: boolean;
  themes: Theme[];
  names: { sq: string; sr: string; en: string };
  role: string;
  verification: string;
  /** Kept through every seeding: what people wrote here is theirs. */
  people?: OfficeHolder[];
  /** Of what people wrote; 0 before anybody did. */
  version?: number;
}

const text = { type: String, required: true } as const;
const maybeText = { type: String, default: null } as const;

const institutionSchema = new Schema<InstitutionEntry>(
  {
    _id: text,
    of: maybeText,
    municipality: maybeText,
    level: { type: String, enum: institutionLevels, required: true },
    hasLocalOffices: { type: Boolean, default: false },
    themes: { type: [{ type: String, enum: themes, required: true }], required: true },
    names: { type: Schema.Types.Mixed, required: true },
    role: text,
    verification: text,
    people: { type: Schema.Types.Mixed, default: undefined },
    version: { type: Number, default: undefined },
  },
  { versionKey: false, collection: 'institutions' },
);
export const InstitutionModel = model<InstitutionEntry>('Institution', institutionSchema);

export type StoredReplyRule = Omit<ReplyRule, 'kind'> & { _id: ReplyRule['kind'] };
export const ReplyRuleModel = model<StoredReplyRule>(
  'ReplyRule',
  new Schema<StoredReplyRule>(
    {
      _id: text,
      version: { type: Number, required: true },
      days: { type: Number, required: true },
      dayKind: text,
      extensionDays: { type: Number, required: true },
      silence: text,
      law: { type: Schema.Types.Mixed, required: true },
      checked: { type: Boolean, required: true },
    },
    { versionKey: false, collection: 'replyRules' },
  ),
);

export type StoredHolidayYear = Omit<HolidayYear, 'year'> & { _id: string };
export const HolidayModel = model<StoredHolidayYear>(
  'HolidayYear',
  new Schema<StoredHolidayYear>(
    { _id: text, version: { type: Number, required: true }, days: { type: Schema.Types.Mixed, default: [] } },
    { versionKey: false, collection: 'holidays', minimize: false },
  ),
);
