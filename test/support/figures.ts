// Duty: cases as figures see them, put straight into the database by day and outcome, and a coordinator's desk for releases. For tests of figures alone.
import { clock } from '../../server/clock.ts';
import { type CaseFile, CaseModel } from '../../server/features/cases/cases.model.ts';
import { countingDone } from '../../server/features/summaries/freeze.commands.ts';
import { LedgerModel, ReleaseModel } from '../../server/features/summaries/releases.model.ts';
import { forgetProgress } from '../../server/features/summaries/releases.queries.ts';
import { newId } from '../../shared/api.ts';
import type { Period } from '../../shared/summaries.ts';
import type { Person } from './server.ts';

/** No case, no release, and a day on which the quarter below is over. */
export async function beginFigures(): Promise<void> {
  clock.stopAt(new Date('2026-07-10T10:00:00Z'));
  await Promise.all([CaseModel.deleteMany({}), ReleaseModel.deleteMany({}), LedgerModel.deleteMany({})]);
  forgetProgress();
}

export const quarter: Period = { kind: 'quarter', from: '2026-04-01', to: '2026-06-30' };

let made = 0;
const dayMilliseconds = 86_400_000;

type Wanted = Partial<CaseFile> & { resolvedAfter?: number; startedAfter?: number };

/** A case logged at noon of that day; three people, housing in Ferizaj unless said otherwise. */
export function caseAt(day: string, { resolvedAfter, startedAfter, ...wanted }: Wanted = {}): CaseFile {
  made += 1;
  const loggedAt = wanted.loggedAt ?? new Date(`${day}T10:00:00Z`);
  const after = (days: number) => new Date(loggedAt.getTime() + days * dayMilliseconds);
  const resolvedAt = resolvedAfter === undefined ? null : after(resolvedAfter);
  return {
    _id: newId(),
    version: 1,
    fieldVersions: {},
    reference: `TST-${made}`,
    receiptHash: null,
    kind: 'group',
    theme: 'housing',
    subTheme: 'tenure',
    title: 'x',
    description: 'x',
    need: '',
    municipality: 'ferizaj',
    settlement: null,
    precision: 'municipality',
    people: { count: 3, households: 1, ageBands: {} },
    urgency: 'normal',
    urgencyRank: 2,
    sensitivity: 'moderate',
    concernsChild: false,
    guardianConsent: false,
    consentBasis: 'no_personal_data',
    language: 'en',
    interpreterNeeded: false,
    status: 'new',
    waitingOn: null,
    outcome: null,
    confirmedBy: null,
    confirmationDue: null,
    duplicateOf: null,
    lead: null,
    collaborators: [],
    sharedWith: [],
    plan: [],
    nextStep: null,
    nextDue: '9999-12-31',
    notes: [],
    evidence: [],
    history: [
      { at: loggedAt, by: null, what: 'logged', to: 'new' },
      ...(resolvedAt ? [{ at: resolvedAt, by: null, what: 'moved' as const, move: 'resolve' as const }] : []),
    ],
    reopenCount: 0,
    source: 'activist',
    loggedBy: null,
    loggedAt,
    changedAt: resolvedAt ?? loggedAt,
    changedBy: null,
    triagedAt: null,
    startedAt: startedAfter === undefined ? null : after(startedAfter),
    closedAt: resolvedAt,
    example: false,
    searchTerms: [],
    ...wanted,
  } as CaseFile;
}

/** Freezes, tells the story, reviews and publishes that period; answers the release's id. */
export async function publishedRelease(
  coordinator: Person,
  period: Period,
  story: Partial<Record<'sq' | 'sr' | 'en', string>> = {},
): Promise<string> {
  const id = newId();
  const versionNow = async () => (await coordinator.get(`/api/releases/${id}`)).body.data.version as number;
  const done = (answer: { status: number; text: string }) => {
    if (answer.status >= 300) throw new Error(answer.text);
  };
  done(await coordinator.post('/api/releases', { id, period }));
  await countingDone();
  done(await coordinator.put(`/api/releases/${id}/story`, { version: await versionNow(), story }));
  for (const move of ['review', 'publish'])
    done(await coordinator.post(`/api/releases/${id}/moves`, { move, version: await versionNow() }));
  return id;
}

export const indicatorOf = (release: any, key: string) =>
  release.indicators.find((item: any) => item.key === key);
export const cellsOf = (release: any, key: string, table: string) =>
  Object.fromEntries(
    indicatorOf(release, key)
      .tables.find((item: any) => item.name === table)
      .cells.map((cell: any) => [cell.cell, cell.value]),
  );

/** Cases about housing by municipality, on a day of April 2026 unless said otherwise. */
export async function logMany(counts: Record<string, number>, day = '2026-04-15'): Promise<void> {
  await CaseModel.insertMany(
    Object.entries(counts).flatMap(([municipality, count]) =>
      Array.from({ length: count }, () => caseAt(day, { municipality: municipality as never })),
    ),
  );
}

export class FigureDesk {
  readonly #coordinator: Person;
  constructor(coordinator: Person) {
    this.#coordinator = coordinator;
  }

  /** Counted to the end; its id. */
  async freeze(period: Period, by = this.#coordinator): Promise<string> {
    const id = newId();
    const answer = await by.post('/api/releases', { id, period });
    if (answer.status !== 202) throw new Error(`Freezing answered ${answer.status}: ${answer.text}`);
    await countingDone();
    return id;
  }

  async read(id: string): Promise<any> {
    return (await this.#coordinator.get(`/api/releases/${id}`)).body;
  }

  async move(id: string, name: string, by = this.#coordinator) {
    const { data } = (await by.get(`/api/releases/${id}`)).body;
    return by.post(`/api/releases/${id}/moves`, { move: name, version: data.version });
  }

  async publish(period: Period): Promise<string> {
    const id = await this.freeze(period);
    for (const name of ['review', 'publish']) {
      const { status, text } = await this.move(id, name);
      if (status !== 200) throw new Error(`${name} answered ${status}: ${text}`);
    }
    return id;
  }
}
