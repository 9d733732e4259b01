// Duty: the closed lists of structural issues, their table of moves and where their API is; plain data without schemas. Re-exported by issues.ts.

export const issueStatuses = ['proposed', 'open', 'merged', 'closed'] as const;
export type IssueStatus = (typeof issueStatuses)[number];
/** Cases may be put behind it, and campaigns may take it up. */
export const liveIssueStatuses: readonly IssueStatus[] = ['proposed', 'open'];
/** What a list can be narrowed to: one status, or the live ones together. */
export const issueFilters = ['live', ...issueStatuses] as const;

export interface IssueMove {
  from: readonly IssueStatus[];
  to: IssueStatus;
  needsReason: boolean;
}

/** A coordinator makes each of them. Merging is none of these: it needs another issue, and nothing leads back from it. */
export const issueMoves = {
  accept: { from: ['proposed'], to: 'open', needsReason: false },
  decline: { from: ['proposed'], to: 'closed', needsReason: true },
  close: { from: ['open'], to: 'closed', needsReason: true },
  reopen: { from: ['closed'], to: 'open', needsReason: true },
} as const satisfies Record<string, IssueMove>;
export type IssueMoveName = keyof typeof issueMoves;
export const issueMoveNames = Object.keys(issueMoves) as IssueMoveName[];

/** What can happen to an issue; moves are named by `move`. */
export const issueEvents = [
  'proposed',
  'opened',
  'moved',
  'revised',
  'merged',
  'received',
  'split',
  'splitOff',
] as const;
export type IssueEvent = (typeof issueEvents)[number];

export const issueAbilities = [...issueMoveNames, 'edit', 'merge', 'split', 'linkCases'] as const;
export type IssueAbility = (typeof issueAbilities)[number];

export const issueLimits = { title: 120, statement: 2000, reason: 1000, bulk: 100, page: 100 } as const;

export const issuePaths = {
  /** GET: issueListQuery → IssueList. POST: issueCreate → 201 IssueAnswer, 200 when repeated. */
  issues: '/api/issues',
  /** GET → IssueAnswer. PATCH: issueRevise → IssueAnswer. */
  one: (id: string) => `/api/issues/${id}`,
  /** POST: issueMoveInput → IssueAnswer. */
  moves: (id: string) => `/api/issues/${id}/moves`,
  /** POST: issueMergeInput → IssueAnswer of the successor. */
  merge: (id: string) => `/api/issues/${id}/merge`,
  /** POST: issueSplitInput → 201 IssueSplitAnswer, 200 when repeated. */
  split: (id: string) => `/api/issues/${id}/split`,
  /** POST: linkCasesInput → { data: LinkResult[] }. */
  cases: (id: string) => `/api/issues/${id}/cases`,
  /** GET: suggestionQuery → { data: SuggestedCase[] }. */
  suggestions: (id: string) => `/api/issues/${id}/suggestions`,
  /** GET → IssueOfCase. PUT: caseIssueInput → IssueOfCase. */
  ofCase: (caseId: string) => `/api/cases/${caseId}/issue`,
  /** GET: choiceQuery → { data: IssueChoice[] }: issues that fit the case, the likest first. */
  choices: (caseId: string) => `/api/cases/${caseId}/issue-choices`,
} as const;
