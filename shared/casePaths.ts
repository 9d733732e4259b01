// Duty: where the API of cases is, once for the server that mounts it and the client that calls it.

/** Each is a path from the root. Bodies and answers: cases.ts, caseMoves.ts, caseViews.ts, caseWork.ts. */
export const casePaths = {
  /** POST: caseCreate → 201 Answer<CaseLogged>, 200 when repeated. GET: caseListQuery → Page<CaseRow>. */
  cases: '/api/cases',
  /** GET: caseFilter → CaseCounts. */
  counts: '/api/cases/counts',
  /** GET: similarQuery → SimilarCase[]. */
  similar: '/api/cases/similar',
  /** POST: bulkTriageInput, bulkAssignInput → BulkResult[]. */
  bulkTriage: '/api/cases/bulk/triage',
  bulkAssign: '/api/cases/bulk/assign',
  /** GET; PATCH: caseRevise. These and all below, but for files, answer Answer<CasePage, CaseAbility>. */
  one: (id: string) => `/api/cases/${id}`,
  /** POST: caseMoveInput. */
  moves: (id: string) => `/api/cases/${id}/moves`,
  /** POST: assignInput. */
  assignment: (id: string) => `/api/cases/${id}/assignment`,
  /** POST: noteCreate. */
  notes: (id: string) => `/api/cases/${id}/notes`,
  /** POST: stepCreate. */
  steps: (id: string) => `/api/cases/${id}/steps`,
  /** PATCH: stepRevise. DELETE. */
  step: (id: string, step: string) => `/api/cases/${id}/steps/${step}`,
  /** POST: multipart with one `file`; the client-made id travels as `?id=`. */
  evidence: (id: string) => `/api/cases/${id}/evidence`,
  /** GET: the file. DELETE: takes it off the case. */
  evidenceFile: (id: string, evidence: string) => `/api/cases/${id}/evidence/${evidence}`,
  /** GET: 320 pixels, WebP; only when `hasThumbnail`. */
  thumbnail: (id: string, evidence: string) => `/api/cases/${id}/evidence/${evidence}/thumbnail`,
  /** GET: handOverQuery → HandOverWork. POST: handOverInput → BulkResult[]. */
  handOver: '/api/hand-over',
  /** GET → SavedFilter[]. */
  savedFilters: '/api/saved-filters',
  /** PUT: savedFilterInput. DELETE. */
  savedFilter: (id: string) => `/api/saved-filters/${id}`,
} as const;
