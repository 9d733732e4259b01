// Duty: how equity answers are kept: per month, shuffled, with nothing that tells who, when or for which case.
import { model, Schema } from 'mongoose';
import type { Community } from '../../../shared/equity.ts';

export interface KeptAnswer {
  communities: Community[];
  ownWords: string;
}

/** One document holds a whole month: no id, no time and no place in a sequence belongs to an answer. */
export interface EquityMonth {
  /** `2026-11` */
  _id: string;
  version: number;
  answers: KeptAnswer[];
}

const monthSchema = new Schema<EquityMonth>(
  {
    _id: { type: String, required: true },
    version: { type: Number, required: true },
    answers: {
      type: [new Schema<KeptAnswer>({ communities: [String], ownWords: String }, { _id: false })],
      required: true,
    },
  },
  { versionKey: false, collection: 'equityAnswers' },
);
export const EquityMonthModel = model('EquityMonth', monthSchema);
