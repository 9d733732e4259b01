// Duty: where the API of referrals is, once for the server that mounts it and the client that calls it.

/** Each is a path from the root. Bodies and answers: referrals.ts, referralMoves.ts. */
export const referralPaths = {
  /** POST: referralCreate → 201 ReferralAnswer, 200 when repeated. GET → ReferralChain. */
  ofCase: (caseId: string) => `/api/cases/${caseId}/referrals`,
  /** GET: referralListQuery → ReferralInbox. */
  inbox: '/api/referrals',
  /** GET → Answer<ReferralPage, ReferralAbility>. PATCH: referralRevise → ReferralAnswer, while it is a draft. */
  one: (id: string) => `/api/referrals/${id}`,
  /** POST: referralMoveInput → ReferralAnswer. After `resend` it is the new referral. */
  moves: (id: string) => `/api/referrals/${id}/moves`,
  /** POST: referralBulkInput → { data: BulkResult[] }. */
  bulk: '/api/referrals/bulk',
  /** GET → { data: ExportPreview }: of the table that `exports` makes. */
  exportPreview: '/api/referrals/export-preview',
  /** POST: exportOrder → text/csv: own work without identities. */
  exports: '/api/referrals/exports',
  /** GET: the file, while `evidence` is shared and open. */
  evidence: (id: string, evidence: string) => `/api/referrals/${id}/evidence/${evidence}`,
  /** GET: its small picture. */
  thumbnail: (id: string, evidence: string) => `/api/referrals/${id}/evidence/${evidence}/thumbnail`,
  /** POST: identityOpen → { data: OpenedIdentity }: shared vault fields only. */
  openIdentity: (id: string) => `/api/referrals/${id}/identity/open`,
  /** POST: caseOutcomeInput → Answer<ReferralPage, ReferralAbility>. */
  caseOutcome: (id: string) => `/api/referrals/${id}/case-outcome`,
  /** POST → ReferralAnswer with a new one-time link; the old one is worthless from then on. */
  link: (id: string) => `/api/referrals/${id}/link`,
  /** GET: providerQuery → Provider[] in `data`, the fitting and least busy first. */
  providers: '/api/referral-providers',
  /** Without an account. GET → Answer<LinkPage, LinkAbility>. */
  answer: (token: string) => `/api/answers/${token}`,
  /** POST: linkMoveInput → Answer<LinkPage, LinkAbility>. */
  answerMoves: (token: string) => `/api/answers/${token}/moves`,
  /** GET: the file. */
  answerEvidence: (token: string, evidence: string) => `/api/answers/${token}/evidence/${evidence}`,
  /** GET: its small picture. */
  answerThumbnail: (token: string, evidence: string) =>
    `/api/answers/${token}/evidence/${evidence}/thumbnail`,
  /** POST → { data: OpenedIdentity }; logged under the organisation. */
  answerIdentity: (token: string) => `/api/answers/${token}/identity/open`,
} as const;
