// Duty: the 19 documents of commitments.json, each as a source and as what it obliges to, with their stated verification and attribution.
import {
  type DocumentedCommitment,
  recordDocumented,
} from '../server/features/commitments/facts.commands.ts';
import type { SourceKind } from '../shared/commitmentLists.ts';
import type { MunicipalitySlug } from '../shared/directory.ts';
import type { Theme } from '../shared/themes.ts';
import { fixedId, readFacts } from './facts.ts';

interface Facts {
  id: string;
  kind: string;
  year: number;
  date: string | null;
  issuing_body: string;
  level: string;
  themes: Theme[];
  title_en: string;
  title_sq: string;
  title_sr: string;
  obliges: string;
  responsible: string[];
  sources: string[];
  verification: string;
  note?: string;
  targets?: { theme: Theme | null; text: string }[];
  deadlines?: string[];
}

const kinds: Record<string, SourceKind> = {
  strategy: 'strategy',
  declaration: 'declaration',
  law: 'law',
  'administrative instruction': 'regulation',
  programme: 'programme',
  'measure package': 'programme',
  regulation: 'regulation',
  'local action plan': 'action_plan',
};

/** The first of those that the document itself names as responsible and that is a documented institution; others bind many. */
const dutyBearers: Record<string, string> = {
  'STRATEGY-2017-2021': 'ogg',
  'STRATEGY-2022-2026': 'ogg',
  'STRATEGY-2009-2015': 'ogg',
  'TIRANA-2020': 'ogg',
  'LAW-02-L-37': 'language-commissioner',
  'LAW-06-L-082': 'aip',
  'LAW-04-L-003': 'cra',
  'AI-01-2013-MIA': 'cra',
  'CENSUS-2021-2024': 'kas',
  'LAW-03-L-164': 'mespi',
  'LAW-LEGALISATION': 'mespi',
  'LAW-05-L-021': 'ombudsperson',
  'COVID-EMERGENCY-2020': 'mlsw',
  'COVID-RECOVERY-2020': 'mcr',
  'LAW-07-L-006': 'moh',
};

/** The last day of the period that the title itself names; no other day is invented. */
const periodEnds: Record<string, string> = {
  'STRATEGY-2017-2021': '2021-12-31',
  'STRATEGY-2022-2026': '2026-12-31',
  'STRATEGY-2009-2015': '2015-12-31',
  'LAP-FK-2018-2022': '2022-12-31',
};

const places: Record<string, MunicipalitySlug> = { 'LAP-FK-2018-2022': 'fushe-kosove' };
/** What the facts call historic. */
const lapsed: Record<string, string> = {
  'STRATEGY-2009-2015': 'Expired; followed by the strategy of 2017–2021.',
};

const isDay = (date: string | null): date is string => /^\d{4}-\d{2}-\d{2}$/.test(date ?? '');

function documentedCommitments(): DocumentedCommitment[] {
  const { commitments } = readFacts<{ commitments: Facts[] }>('commitments.json');
  const { sources } = readFacts<{ sources: Record<string, { title: string; where: string }> }>(
    'sources.json',
  );
  return commitments.map((facts) => ({
    year: facts.year,
    dueOn: periodEnds[facts.id] ?? null,
    lapsed: lapsed[facts.id] ?? null,
    source: {
      _id: fixedId(`S${facts.id}`),
      title: facts.title_en,
      titles: { sq: facts.title_sq, sr: facts.title_sr, en: facts.title_en },
      kind: kinds[facts.kind] ?? 'other',
      issuedBy: facts.issuing_body,
      date: isDay(facts.date) ? facts.date : null,
      dateNote: isDay(facts.date) ? '' : (facts.date ?? String(facts.year)),
      language: 'sq',
      verification: facts.verification,
      note: facts.note ?? '',
      attribution: facts.sources.map((key) => ({
        title: sources[key]?.title ?? key,
        where: sources[key]?.where ?? '',
      })),
    },
    commitment: {
      _id: fixedId(`C${facts.id}`),
      summary: [
        facts.obliges,
        ...(facts.targets ?? []).map(({ text }) => `• ${text}`),
        ...(facts.deadlines ?? []).map((text) => `• ${text}`),
      ].join('\n'),
      responsible: facts.responsible,
      institutionId: dutyBearers[facts.id] ?? null,
      municipality: places[facts.id] ?? null,
      themes: facts.themes,
      formality: facts.kind === 'declaration' ? 'written' : 'decided',
      promisedOn: isDay(facts.date) ? facts.date : null,
    },
  }));
}

export const seedCommitments = () => recordDocumented(documentedCommitments());
