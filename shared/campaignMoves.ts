// Duty: the table of a campaign's stages: every move with who, from where, what it needs and what it does. Plain data; the schemas: campaigns.ts.

import type { CampaignStage } from './campaignLists.ts';
import type { Role } from './directoryLists.ts';

export const campaignMoveNames = [
  'plan',
  'activate',
  'pause',
  'resume',
  'monitor',
  'ask_again',
  'close',
] as const;
export type CampaignMoveName = (typeof campaignMoveNames)[number];

/** Given with the move. */
export type MoveGift =
  | 'issueIds'
  | 'municipalities'
  | 'whyNow'
  | 'reason'
  | 'reviewOn'
  | 'result'
  | 'lessons';
/** What must be so already: a whole demand; every chosen case checked; something won; a promise that slips. */
export type MoveCondition = 'whole_demand' | 'cases_checked' | 'something_won' | 'promise_slips';
/** What follows: a review that becomes due and is told; days that count; the end of every open question. */
export type MoveEffect = 'review_set' | 'review_cleared' | 'days_count' | 'ended';

export interface CampaignMove {
  who: readonly Role[];
  from: readonly CampaignStage[];
  to: CampaignStage;
  gives: readonly MoveGift[];
  needs: readonly MoveCondition[];
  effects: readonly MoveEffect[];
}

const who: readonly Role[] = ['coordinator'];

export const campaignMoves: Record<CampaignMoveName, CampaignMove> = {
  plan: {
    who,
    from: ['proposed'],
    to: 'planning',
    gives: ['issueIds', 'municipalities', 'whyNow'],
    needs: [],
    effects: [],
  },
  activate: {
    who,
    from: ['planning'],
    to: 'active',
    gives: [],
    needs: ['whole_demand', 'cases_checked'],
    effects: ['days_count'],
  },
  pause: {
    who,
    from: ['active'],
    to: 'paused',
    gives: ['reason', 'reviewOn'],
    needs: [],
    effects: ['review_set'],
  },
  resume: {
    who,
    from: ['paused'],
    to: 'active',
    gives: ['reason'],
    needs: ['cases_checked'],
    effects: ['review_cleared', 'days_count'],
  },
  monitor: { who, from: ['active'], to: 'monitoring', gives: [], needs: ['something_won'], effects: [] },
  ask_again: {
    who,
    from: ['monitoring'],
    to: 'active',
    gives: ['reason'],
    needs: ['promise_slips', 'cases_checked'],
    effects: ['days_count'],
  },
  close: {
    who,
    from: ['active', 'monitoring', 'paused'],
    to: 'closed',
    gives: ['result', 'lessons'],
    needs: [],
    effects: ['review_cleared', 'ended'],
  },
};
