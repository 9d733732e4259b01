// Duty: where the API of commitments is, once for the server that mounts it and the client that calls it.

/** Each is a path from the root. Bodies and answers: commitments.ts, commitmentMoves.ts. */
export const commitmentPaths = {
  /** GET: commitmentListQuery → CommitmentList. POST: commitmentCreate → 201 CommitmentAnswer, 200 when repeated. */
  all: '/api/commitments',
  /** GET → CommitmentAnswer. PATCH: commitmentRevise → CommitmentAnswer. */
  one: (id: string) => `/api/commitments/${id}`,
  /** POST: commitmentMoveInput → CommitmentAnswer. */
  moves: (id: string) => `/api/commitments/${id}/moves`,
  /** POST: multipart with one `file`, `?id=` made by the sender → CommitmentAnswer. */
  evidence: (id: string) => `/api/commitments/${id}/evidence`,
  /** GET: the file. DELETE → CommitmentAnswer. */
  evidenceFile: (id: string, evidence: string) => `/api/commitments/${id}/evidence/${evidence}`,
  /** GET: a small picture. */
  thumbnail: (id: string, evidence: string) => `/api/commitments/${id}/evidence/${evidence}/thumbnail`,
  /** GET: the file of the source document. */
  sourceFile: (id: string) => `/api/commitments/${id}/source-file`,
  /** GET: sourceListQuery → { data: Source[] }. POST: sourceCreate → 201 { data: Source }, 200 when repeated. */
  sources: '/api/commitment-sources',
  /** POST: multipart with one `file`, `?id=` made by the sender → { data: Source }. */
  fileOfSource: (id: string) => `/api/commitment-sources/${id}/file`,
} as const;
