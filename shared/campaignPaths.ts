// Duty: where the API of campaigns is: one maker per address, for routes, pages and tests alike.
const root = '/api/campaigns';

export const campaignPaths = {
  /** GET: campaignListQuery → Page<CampaignRow>. POST: campaignCreate → CampaignAnswer. */
  all: root,
  /** GET: timelineQuery → { data: TimelineEvent[] }. */
  timeline: `${root}/timeline`,
  /** GET → CampaignAnswer. PATCH: campaignRevise → CampaignAnswer. */
  one: (id: string) => `${root}/${id}`,
  /** POST: campaignMoveInput → CampaignAnswer. */
  moves: (id: string) => `${root}/${id}/moves`,
  /** POST: demandCreate. */
  demands: (id: string) => `${root}/${id}/demands`,
  /** PATCH: demandRevise. DELETE. */
  demand: (id: string, item: string) => `${root}/${id}/demands/${item}`,
  /** POST: demandDecision. */
  decision: (id: string, item: string) => `${root}/${id}/demands/${item}/decision`,
  /** POST: actionCreate. */
  actions: (id: string) => `${root}/${id}/actions`,
  /** PATCH: actionRevise. */
  action: (id: string, item: string) => `${root}/${id}/actions/${item}`,
  /** POST `?id=`: multipart with one `file`. */
  evidence: (id: string, item: string) => `${root}/${id}/actions/${item}/evidence`,
  /** GET: the file. DELETE. */
  evidenceFile: (id: string, item: string, evidence: string) =>
    `${root}/${id}/actions/${item}/evidence/${evidence}`,
  /** GET: a small picture of a photo. */
  thumbnail: (id: string, item: string, evidence: string) =>
    `${root}/${id}/actions/${item}/evidence/${evidence}/thumbnail`,
  /** POST: milestoneCreate. */
  milestones: (id: string) => `${root}/${id}/milestones`,
  /** PATCH: milestoneRevise. DELETE. */
  milestone: (id: string, item: string) => `${root}/${id}/milestones/${item}`,
  /** GET → { data: UseRow[] }, the cases as far as the viewer may see them. POST: useChoose. */
  uses: (id: string) => `${root}/${id}/uses`,
  /** POST: useCheck, the do-no-harm check: from then on the case is used. */
  check: (id: string, caseId: string) => `${root}/${id}/uses/${caseId}/check`,
  /** DELETE: the case is used no more. */
  use: (id: string, caseId: string) => `${root}/${id}/uses/${caseId}`,
  /** POST → CalendarLink, once; the one before is worthless. DELETE. */
  calendar: (id: string) => `${root}/${id}/calendar`,
  /** GET → { data: CampaignOfCase[] }. */
  ofCase: (caseId: string) => `/api/cases/${caseId}/campaigns`,
  /** Without an account. GET: iCalendar. */
  feed: (token: string) => `/api/calendars/${token}`,
} as const;
