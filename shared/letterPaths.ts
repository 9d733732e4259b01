// Duty: where the API of institutions, letters, reply rules and holidays is, once for the server that mounts it and the client that calls it.

/** Each is a path from the root. Bodies and answers: institutions.ts, letters.ts, letterMoves.ts, replyRules.ts. */
export const institutionPaths = {
  /** GET: institutionQuery → { data: Institution[] }. */
  all: '/api/institutions',
  /** GET → Answer<InstitutionPage, InstitutionAbility>. */
  one: (id: string) => `/api/institutions/${id}`,
  /** PUT: officeHoldersInput → Answer<InstitutionPage, InstitutionAbility>. */
  people: (id: string) => `/api/institutions/${id}/people`,
} as const;

export const letterPaths = {
  /** POST: letterCreate → 201 LetterAnswer, 200 when repeated. GET: letterListQuery → LetterList. */
  all: '/api/letters',
  /** GET → LetterAnswer. PATCH: letterEdit → LetterAnswer. */
  one: (id: string) => `/api/letters/${id}`,
  /** GET: templateQuery → { data: { subject, body } }, filled for this letter. */
  template: (id: string) => `/api/letters/${id}/template`,
  /** POST: letterMoveInput → LetterAnswer; after `escalate` it is the new draft. */
  moves: (id: string) => `/api/letters/${id}/moves`,
  /** GET → the letter as a PDF. */
  pdf: (id: string) => `/api/letters/${id}/letter.pdf`,
  /** POST: multipart with one `file`, query `id` → LetterAnswer. */
  files: (id: string) => `/api/letters/${id}/files`,
  /** GET: the file. DELETE → LetterAnswer. */
  file: (id: string, file: string) => `/api/letters/${id}/files/${file}`,
} as const;

export const replyRulePaths = {
  /** GET → { data: ReplyRule[], abilities }. */
  all: '/api/reply-rules',
  /** PUT: replyRuleInput → { data: ReplyRule }. */
  one: (kind: string) => `/api/reply-rules/${kind}`,
  /** GET → { data: HolidayYear[], abilities }. */
  holidays: '/api/holidays',
  /** PUT: holidaysInput → { data: HolidayYear }. */
  year: (year: string) => `/api/holidays/${year}`,
} as const;
