// Duty: the closed lists of letters and their transition table, plain data. Re-exported by letters.ts and letterMoves.ts, which have the schemas.

export const letterStatuses = [
  'to_send',
  'sent',
  'acknowledged',
  'answered',
  'refused',
  'silent',
  'escalated',
  'withdrawn',
] as const;
export type LetterStatus = (typeof letterStatuses)[number];
/** The clock runs against the institution in these. */
export const runningStatuses: readonly LetterStatus[] = ['sent', 'acknowledged'];

export const letterKinds = ['access_to_documents', 'request', 'complaint', 'meeting'] as const;
export type LetterKind = (typeof letterKinds)[number];

/** The ladder: each escalation opens the next; the last has none after it. */
export const rungs = ['first', 'reminder', 'higher_authority', 'independent_body', 'court_or_media'] as const;
export type Rung = (typeof rungs)[number];

/** What is proposed after an escalation, by kind: the office itself, who is above it, who watches over it. Sent by nobody but a person. */
export const independentBodies: Record<LetterKind, string> = {
  access_to_documents: 'aip',
  request: 'ombudsperson',
  complaint: 'ombudsperson',
  meeting: 'ombudsperson',
};
/** Above a municipal office stands the municipality, above that the ministry that supervises it, above central bodies the government's office. */
export const municipalityKind = 'municipality';
export const supervisingMinistry = 'mlga';
export const governmentOffice = 'ogg';

export const nextRung = (rung: Rung): Rung | null => rungs[rungs.indexOf(rung) + 1] ?? null;

export const letterLanguages = ['sq', 'sr', 'en'] as const;
export type LetterLanguage = (typeof letterLanguages)[number];

export const sendingWays = ['post', 'email', 'in_person', 'protocol_office'] as const;
export type SendingWay = (typeof sendingWays)[number];

export const dayKinds = ['calendar', 'working'] as const;
export type DayKind = (typeof dayKinds)[number];

/** What the law makes of silence when the day has passed. */
export const silenceMeanings = ['refusal', 'approval', 'nothing'] as const;
export type SilenceMeaning = (typeof silenceMeanings)[number];

export const letterMoveNames = [
  'send',
  'acknowledge',
  'extend',
  'answer',
  'refuse',
  'escalate',
  'withdraw',
] as const;
export type LetterMoveName = (typeof letterMoveNames)[number];

export interface LetterMove {
  from: readonly LetterStatus[];
  /** Null: the status stays. */
  to: LetterStatus | null;
}

/** `sent`/`acknowledged` → `silent` is the clock's alone. An answer that comes late is still an answer. */
export const letterMoves: Record<LetterMoveName, LetterMove> = {
  send: { from: ['to_send'], to: 'sent' },
  acknowledge: { from: ['sent'], to: 'acknowledged' },
  extend: { from: ['sent', 'acknowledged'], to: null },
  answer: { from: ['sent', 'acknowledged', 'silent', 'escalated'], to: 'answered' },
  refuse: { from: ['sent', 'acknowledged', 'silent'], to: 'refused' },
  escalate: { from: ['silent', 'refused'], to: 'escalated' },
  withdraw: { from: ['to_send', 'sent', 'acknowledged', 'silent'], to: 'withdrawn' },
};

/** What happens to a letter beside its moves. */
export const letterEvents = ['create', 'edit', 'fall_silent', 'move_day', 'add_file', 'remove_file'] as const;
export type LetterEvent = LetterMoveName | (typeof letterEvents)[number];

export const letterGroups = ['waiting', 'drafts', 'to_escalate', 'ended'] as const;
export type LetterGroup = (typeof letterGroups)[number];
/** `waiting` holds what the clock runs for and what it ran out for; late first. */
export const groupStatuses: Record<LetterGroup, readonly LetterStatus[]> = {
  waiting: ['sent', 'acknowledged', 'silent'],
  drafts: ['to_send'],
  to_escalate: ['silent', 'refused'],
  ended: ['answered', 'refused', 'escalated', 'withdrawn'],
};

/** People are told so many days before the reply is expected. */
export const dueSoonDays = 3;
export const letterLimits = {
  subject: 200,
  body: 12_000,
  summary: 2_000,
  files: 10,
  protocol: 60,
  law: 200,
} as const;
