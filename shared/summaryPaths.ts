// Duty: where the API of figures and releases is, once for the server that mounts it and the client that calls it.

export const summaryPaths = {
  /** Coordinators and funders. GET → Progress: the newest release and the list of those that are out. */
  progress: '/api/progress',
  /** GET → { data: FrozenRelease } for funders, from the frozen bytes. */
  progressOf: (id: string) => `/api/progress/${id}`,
  /** GET: downloadQuery → the file, for whoever may read the release. */
  download: (id: string, format: string) => `/api/progress/${id}/downloads/${format}`,
  /** GET → { data: ReleaseShare[] }, for coordinators. */
  shares: (id: string) => `/api/progress/${id}/shares`,
  /** POST: shareCreate → 201 ShareMade. */
  allShares: '/api/release-shares',
  /** DELETE: revoked → { data: ReleaseShare }. */
  share: (id: string) => `/api/release-shares/${id}`,
  /** Anybody with the link. POST → SharedRelease. */
  openShare: (token: string) => `/api/shared/${token}`,
  /** Anybody with the link. GET: shareDownloadQuery → the file. */
  shareDownload: (token: string, format: string) => `/api/shared/${token}/downloads/${format}`,
  /** Coordinators only, all that follow. GET → { data: IndicatorEntry[] }. */
  indicators: '/api/indicators',
  /** PATCH: indicatorRevise → { data: IndicatorEntry }. */
  indicator: (key: string) => `/api/indicators/${key}`,
  /** POST: targetCreate → 201 { data: IndicatorEntry }. */
  targets: (key: string) => `/api/indicators/${key}/targets`,
  /** PATCH: targetRevise, DELETE → { data: IndicatorEntry }. */
  target: (key: string, id: string) => `/api/indicators/${key}/targets/${id}`,
  /** GET → { data: ReleaseSummary[] }. POST: releaseCreate → 202 ReleaseAnswer: freezing has begun. */
  releases: '/api/releases',
  /** GET → ReleaseAnswer: unsuppressed beside both audiences. */
  release: (id: string) => `/api/releases/${id}`,
  /** POST: releaseMoveInput → ReleaseAnswer. */
  releaseMoves: (id: string) => `/api/releases/${id}/moves`,
  /** PUT: storyInput → ReleaseAnswer. */
  releaseStory: (id: string) => `/api/releases/${id}/story`,
  /** POST: correctionCreate → 202 ReleaseAnswer. */
  releaseCorrections: (id: string) => `/api/releases/${id}/corrections`,
  /** GET: figureQuery → { data: FiguresNow }: progress against targets today, forecast, data quality. */
  figures: '/api/figures',
} as const;
