// Duty: the composite cases of cases.json, logged and moved by example users through the commands, so that they obey every rule.

import { dayAfter, dayOf } from '../server/clock.ts';
import { logCase, noteOn } from '../server/features/cases/cases.commands.ts';
import type { CaseFile } from '../server/features/cases/cases.model.ts';
import { moveCase } from '../server/features/cases/moves.commands.ts';
import { addStep, openStepOf, reviseStep } from '../server/features/cases/plan.commands.ts';
import { exampleViewers } from '../server/features/directory/exampleAccounts.queries.ts';
import type { Viewer } from '../server/policy.ts';
import type { CaseMoveInput, CaseMoveName } from '../shared/caseMoves.ts';
import type { Language, MunicipalitySlug, Role } from '../shared/directory.ts';
import type { SubTheme, Theme } from '../shared/themes.ts';
import { exampleFacts, lateExamples } from './exampleCases.ts';
import { fixedId, readFacts } from './facts.ts';
import { seedReferral } from './referrals.ts';

interface CompositeFacts {
  id: string;
  theme: Theme;
  sub_theme: SubTheme;
  municipality: MunicipalitySlug;
  neighbourhood: string | null;
  title: string;
  summary: string;
  need: string;
  example_status_path: ('new' | 'in_progress' | 'referred' | 'resolved' | 'closed')[];
}

const day = 24 * 60 * 60_000;
/** The language people are helped in there; only for the example. */
const spoken: Partial<Record<MunicipalitySlug, Language>> = { gracanica: 'sr' };
/** Where the partner of the example CSO member works. */
const partnerPlaces: readonly MunicipalitySlug[] = ['gracanica', 'fushe-kosove'];

/** Who does what in which municipality: its own team where there is one, else the coordinator. */
function teamOf(viewers: readonly Viewer[], municipality: MunicipalitySlug) {
  const find = (role: Role, place: MunicipalitySlug | null) =>
    viewers.find((viewer) => viewer.role === role && viewer.municipality === place);
  const coordinator = find('coordinator', null)!;
  const activist = find('activist', municipality) ?? coordinator;
  return {
    activist,
    triager: find('team_lead', municipality) ?? coordinator,
    partner: find('cso_member', null),
  };
}

type Input = CaseMoveInput extends infer Each
  ? Each extends unknown
    ? Omit<Each, 'version'>
    : never
  : never;

/** Each status of the path as moves, with the days after logging on which they happen. */
function movesOf(facts: CompositeFacts, lead: string, until: (days: number) => string): [number, Input][] {
  const { urgency } = exampleFacts[facts.id]!;
  const path = facts.example_status_path;
  const triage: [number, Input] = [1, { move: 'triage', urgency, lead, inScope: true }];
  return [
    ...(path.includes('in_progress') ? [triage, [2, { move: 'start' }] as [number, Input]] : []),
    ...(path.includes('referred')
      ? [[4, { move: 'wait', party: 'partner', until: until(25) }] as [number, Input]]
      : []),
    ...(path.includes('resolved')
      ? [[30, { move: 'resolve', outcome: 'achieved', note: `${facts.need}.` }] as [number, Input]]
      : []),
    ...(path.includes('closed') ? [[44, { move: 'close', confirmedBy: 'person' }] as [number, Input]] : []),
  ];
}

const hasMoved = (caseFile: CaseFile, move: CaseMoveName) =>
  caseFile.history.some((entry) => entry.move === move);

async function seedCase(facts: CompositeFacts, viewers: readonly Viewer[], today: number): Promise<void> {
  const about = exampleFacts[facts.id]!;
  const { activist, triager, partner } = teamOf(viewers, facts.municipality);
  const id = fixedId(facts.id);
  /** A working hour of that day, never later than now. */
  const at = (days: number) =>
    new Date(Math.min(today, today - about.loggedDaysAgo * day + days * day + (days % 3) * 3_600_000));
  const until = (days: number) => at(days).toISOString().slice(0, 10);
  let { caseFile } = await logCase(
    activist,
    {
      id,
      kind: about.kind,
      theme: facts.theme,
      subTheme: facts.sub_theme,
      title: facts.title,
      description: facts.summary,
      need: facts.need,
      municipality: facts.municipality,
      settlement: facts.neighbourhood,
      precision: facts.neighbourhood ? 'settlement' : 'municipality',
      people: { count: about.people, households: about.households, ageBands: {} },
      urgency: about.urgency,
      concernsChild: about.concernsChild,
      guardianConsent: false,
      consentBasis: 'no_personal_data',
      language: spoken[facts.municipality] ?? 'sq',
      interpreterNeeded: false,
    },
    { now: at(0) },
  );
  const goesToPartner =
    partner && facts.example_status_path.includes('referred') && partnerPlaces.includes(facts.municipality);
  const referral = goesToPartner ? { factsId: facts.id, caseFile, activist, partner, at } : null;
  for (const [days, input] of movesOf(facts, activist.id, until)) {
    if (hasMoved(caseFile, input.move) || about.loggedDaysAgo < days) continue;
    if (referral) await seedReferral(referral, { until: days });
    if (input.move === 'resolve') caseFile = await workThroughPlan(facts, activist, caseFile, at(days));
    const who = input.move === 'triage' ? triager : activist;
    ({ caseFile } = await moveCase(
      who,
      id,
      { ...input, version: caseFile.version } as CaseMoveInput,
      at(days),
    ));
    if (input.move === 'start')
      caseFile = await noteOn(
        activist,
        id,
        { id: fixedId(`N${facts.id}`), text: `${facts.need}.` },
        at(days),
      );
  }
  if (referral) await seedReferral(referral, { until: about.loggedDaysAgo });
  await workThroughPlan(facts, activist, caseFile, new Date(today));
}

/** Steps are done the day before they were due, but for the late ones; an open case always has a next one. */
async function workThroughPlan(
  facts: CompositeFacts,
  lead: Viewer,
  before: CaseFile,
  now: Date,
): Promise<CaseFile> {
  if (!['in_progress', 'waiting'].includes(before.status)) return before;
  const today = dayOf(now);
  const past = before.plan.filter((step) => step.due <= today && !step.doneAt);
  let caseFile = before;
  for (const { id, due } of lateExamples.includes(facts.id) ? past.slice(0, -1) : past) {
    const dayBefore = Date.parse(`${dayAfter(due, -1)}T10:00:00Z`);
    const done = new Date(Math.min(now.getTime(), Math.max(dayBefore, caseFile.changedAt.getTime())));
    caseFile = await reviseStep(lead, caseFile._id, id, { done: true, version: caseFile.version }, done);
  }
  if (openStepOf(caseFile)) return caseFile;
  const due = dayAfter(today, 3 + (exampleFacts[facts.id]!.loggedDaysAgo % 11));
  return addStep(lead, caseFile._id, { id: fixedId(`S${facts.id}`), title: `${facts.need}.`, due }, now);
}

/** Safe to repeat: each case goes on where it stands. The oldest first, so that references follow time. */
export async function seedCases(now = Date.now()): Promise<void> {
  const { cases } = readFacts<{ cases: CompositeFacts[] }>('cases.json');
  const viewers = await exampleViewers();
  const age = (facts: CompositeFacts) => exampleFacts[facts.id]!.loggedDaysAgo;
  for (const facts of cases.toSorted((a, b) => age(b) - age(a))) await seedCase(facts, viewers, now);
}
