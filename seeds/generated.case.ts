// Duty: one invented case file, whole as the commands would have left it after months of work. Where it is kept is not known here.

import { dayAfter, dayOf } from '../server/clock.ts';
import type { CaseFile, StoredEntry, StoredStep } from '../server/features/cases/cases.model.ts';
import { derived } from '../server/features/cases/change.ts';
import { say } from '../server/features/cases/themeWords.ts';
import type { CaseMoveName } from '../shared/caseMoves.ts';
import { caseMoves } from '../shared/caseMoves.ts';
import type { CaseStatus, Urgency } from '../shared/cases.ts';
import type { Municipality, MunicipalitySlug } from '../shared/directory.ts';
import { planTemplates, type SubTheme, subThemes, type Theme } from '../shared/themes.ts';
import { type Random, randomId } from './generated.random.ts';
import { needs, notes, problems, type Spoken, stories } from './generated.words.ts';

/** Who works where: ids of a municipality's activists and of whoever triages there. */
export interface Team {
  activists: readonly string[];
  triagers: readonly string[];
}
export interface Ground {
  municipalities: readonly Municipality[];
  teams: ReadonlyMap<MunicipalitySlug, Team>;
  /** The day the generated months end. */
  now: number;
}

const hour = 3_600_000;
const day = 24 * hour;

const byPlace: Record<MunicipalitySlug, number> = {
  ferizaj: 16,
  'fushe-kosove': 20,
  peja: 13,
  prizren: 16,
  gjakova: 19,
  mitrovica: 9,
  gracanica: 7,
};
const byTheme: Record<Theme, number> = { employment: 24, housing: 33, civil_registration: 29, covid19: 14 };
const byUrgency: Record<Urgency, number> = { critical: 4, high: 21, normal: 60, low: 15 };
/** Most cases of the last weeks are open, most of the older ones closed. */
const endsOf: Record<'fresh' | 'recent' | 'old', Partial<Record<CaseStatus, number>>> = {
  fresh: { new: 45, triaged: 20, in_progress: 25, waiting: 6, closed: 4 },
  recent: { new: 4, triaged: 8, in_progress: 32, waiting: 22, resolved: 14, closed: 20 },
  old: { new: 1, triaged: 2, in_progress: 9, waiting: 8, resolved: 8, closed: 72 },
};
const pathTo: Record<CaseStatus, readonly CaseMoveName[]> = {
  draft: [],
  new: [],
  triaged: ['triage'],
  in_progress: ['triage', 'start'],
  waiting: ['triage', 'start', 'wait'],
  resolved: ['triage', 'start', 'resolve'],
  closed: ['triage', 'start', 'resolve', 'close'],
};
const bySpoken: Record<MunicipalitySlug, Record<Spoken, number>> = {
  ...(Object.fromEntries(Object.keys(byPlace).map((slug) => [slug, { sq: 78, sr: 8, en: 14 }])) as Record<
    MunicipalitySlug,
    Record<Spoken, number>
  >),
  gracanica: { sq: 10, sr: 78, en: 12 },
};

/** Everything but the reference and the search terms, which need what lies around the case. */
export function inventCase(random: Random, loggedAt: number, ground: Ground): Omit<CaseFile, 'searchTerms'> {
  const municipality = random.weighted(byPlace);
  const place = ground.municipalities.find(({ slug }) => slug === municipality)!;
  const settlement = random.chance(0.9) ? random.pick(place.settlements) : null;
  const theme = random.weighted(byTheme);
  const subTheme: SubTheme = random.pick(subThemes[theme]);
  const language = random.weighted(bySpoken[municipality]);
  const team = ground.teams.get(municipality)!;
  const activist = random.pick(team.activists);
  const isGroup = random.chance(0.4);
  const count = isGroup ? 4 + random.below(120) : 1 + random.below(7);
  const concernsChild = !isGroup && random.chance(0.12);
  const urgency = random.weighted(byUrgency);
  const [happened, asked] = stories[language];
  const where = settlement?.names[language === 'sr' ? 'sr' : 'sq'] ?? place.names[language];
  const work = inventWork(random, { loggedAt, theme, language, activist, team, now: ground.now });
  return {
    _id: randomId(random, loggedAt),
    version: work.history.length,
    fieldVersions: work.history.length > 1 ? { status: work.history.length, lead: 2 } : {},
    reference: '',
    receiptHash: null,
    kind: isGroup ? 'group' : 'individual',
    theme,
    subTheme,
    title: `${problems[subTheme][language]}, ${where}`,
    description: `${random.pick(happened)} ${random.pick(asked)}`,
    need: random.pick(needs[language]),
    municipality,
    settlement: settlement?.id ?? null,
    precision: settlement ? 'settlement' : 'municipality',
    people: { count, households: isGroup ? Math.ceil(count / 5) : 1, ageBands: {} },
    urgency,
    sensitivity: concernsChild ? 'high' : 'moderate',
    concernsChild,
    guardianConsent: false,
    consentBasis: 'no_personal_data',
    language,
    interpreterNeeded: random.chance(0.05),
    ...work,
    ...derived({ plan: work.plan, status: work.status, urgency }),
    collaborators: random.chance(0.1) ? team.triagers.filter((id) => id !== work.lead).slice(0, 1) : [],
    sharedWith: [],
    duplicateOf: null,
    issue: null,
    campaigns: [],
    evidence: [],
    reopenCount: 0,
    source: 'activist',
    loggedBy: activist,
    loggedAt: new Date(loggedAt),
    example: true,
  };
}

type Work = Pick<
  CaseFile,
  | 'status'
  | 'lead'
  | 'plan'
  | 'notes'
  | 'history'
  | 'waitingOn'
  | 'outcome'
  | 'confirmedBy'
  | 'confirmationDue'
  | 'triagedAt'
  | 'startedAt'
  | 'closedAt'
  | 'changedAt'
  | 'changedBy'
>;

interface WorkGround {
  loggedAt: number;
  theme: Theme;
  language: Spoken;
  activist: string;
  team: Team;
  now: number;
}

/** The case's way through the table of moves, as far as its age lets it come. */
function inventWork(random: Random, ground: WorkGround): Work {
  const { loggedAt, activist, team, now } = ground;
  const ageDays = (now - loggedAt) / day;
  const end = random.weighted(
    endsOf[ageDays < 14 ? 'fresh' : ageDays < 90 ? 'recent' : 'old'] as Record<CaseStatus, number>,
  );
  const triager = random.pick(team.triagers);
  const lead = random.chance(0.7) ? activist : random.pick(team.activists);
  const history: StoredEntry[] = [{ at: new Date(loggedAt), by: activist, what: 'logged', to: 'new' }];
  const at = new Map<CaseMoveName, Date>();
  let moment = loggedAt;
  let status: CaseStatus = 'new';
  for (const move of pathTo[end]) {
    moment = Math.min(now, moment + hour + random.next() * (move === 'resolve' ? 60 : 6) * day);
    const when = new Date(Math.floor(moment));
    const { to } = caseMoves[move];
    const outcome = move === 'resolve' ? 'achieved' : undefined;
    const by = move === 'triage' ? triager : lead;
    history.push({
      at: when,
      by,
      what: 'moved',
      move,
      from: status,
      to,
      ...(move === 'triage' ? { person: lead } : {}),
      ...(outcome ? { outcome, reason: random.pick(notes[ground.language]) } : {}),
      ...(move === 'close' ? { confirmedBy: 'person' as const } : {}),
    });
    at.set(move, when);
    status = to;
  }
  const last = history.at(-1)!;
  const isDone = status === 'resolved' || status === 'closed';
  const waitingSince = at.get('wait');
  return {
    status,
    lead: at.has('triage') ? lead : null,
    plan: planOf(random, ground, lead, at.get('triage'), isDone ? last.at : null),
    notes: at.has('start')
      ? [
          {
            id: randomId(random, loggedAt),
            at: at.get('start')!,
            by: lead,
            text: random.pick(notes[ground.language]),
          },
        ]
      : [],
    history,
    waitingOn: waitingSince
      ? {
          party: random.weighted({ authority: 60, partner: 25, person: 15 }),
          since: waitingSince,
          until: dayAfter(dayOf(waitingSince), 7 + random.below(40)),
        }
      : null,
    outcome: isDone ? 'achieved' : null,
    confirmedBy: status === 'closed' ? 'person' : null,
    confirmationDue: status === 'resolved' ? dayAfter(dayOf(last.at), 14) : null,
    triagedAt: at.get('triage') ?? null,
    startedAt: at.get('start') ?? null,
    closedAt: at.get('close') ?? null,
    changedAt: last.at,
    changedBy: last.by,
  };
}

/** The theme's steps; most past ones done, and for open cases a next one that is late now and then. */
function planOf(
  random: Random,
  { theme, language, now }: WorkGround,
  lead: string,
  triagedAt: Date | undefined,
  doneAt: Date | null,
): StoredStep[] {
  if (!triagedAt) return [];
  const today = dayOf(new Date(now));
  const isLate = random.chance(0.15);
  const begun = dayOf(triagedAt);
  return planTemplates[theme].map(({ key, dueAfterDays }, index, template) => {
    const usual = dayAfter(begun, dueAfterDays);
    const isLast = index === template.length - 1;
    const due = isLast && !doneAt && usual < today && !isLate ? dayAfter(today, 1 + random.below(30)) : usual;
    const isPast = doneAt !== null || (due < today && !isLast);
    return {
      id: randomId(random, triagedAt.getTime()),
      title: say(language, `step.${key}`),
      template: key,
      due,
      doneAt: isPast ? (doneAt ?? triagedAt) : null,
      doneBy: isPast ? lead : null,
      version: 2,
    };
  });
}
