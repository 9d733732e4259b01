// Duty: the patterns behind the composite cases, named and filled by example users through the commands. Invented, like the cases.
import { exampleViewers } from '../server/features/directory/exampleAccounts.queries.ts';
import { createIssue } from '../server/features/issues/issues.commands.ts';
import { linkCases } from '../server/features/issues/links.commands.ts';
import type { Viewer } from '../server/policy.ts';
import type { IssueCreate } from '../shared/issues.ts';
import { fixedId } from './facts.ts';

/** Campaigns and commitments of the example are built on these. */
export const exampleIssueId = (key: string): string => fixedId(`issue ${key}`);

interface ExampleIssue extends Omit<IssueCreate, 'id'> {
  key: string;
  daysAgo: number;
  cases: string[];
  /** By the team's activist, and still to be decided. */
  proposed?: boolean;
}

const issues: readonly ExampleIssue[] = [
  {
    key: 'tenure',
    daysAgo: 70,
    title: 'Homes on granted land without title',
    statement:
      'Families built on land that a municipality gave for their settlement, or extended such a house, and never received a contract or title. Without it there is no connection in their own name, no loan, no protection from eviction. A municipal decision that transfers the plots, and a fee that poor households can pay, would end it.',
    themes: ['housing'],
    subThemes: ['tenure', 'legalisation'],
    municipalities: ['gjakova', 'ferizaj'],
    cases: ['EX-06', 'EX-07'],
  },
  {
    key: 'housing list',
    daysAgo: 55,
    title: 'No municipal housing list, nowhere to wait',
    statement:
      'Households in one room, or told to leave a public building, ask for social housing and find no list to stand on: the three-year municipal programme that the law asks for was not adopted. A programme with a budget line and a public list would give them a place and a date.',
    themes: ['housing'],
    subThemes: ['social_housing', 'eviction'],
    municipalities: ['fushe-kosove', 'mitrovica'],
    cases: ['EX-08', 'EX-09'],
  },
  {
    key: 'late birth',
    daysAgo: 62,
    title: 'Late registration of birth takes years',
    statement:
      'Children born at home, abroad or in displacement have no birth certificate, and the commission for late registration asks for papers that their parents never had. Without one there is no school certificate, no health card, no assistance. A fixed period for the commission, and witnesses accepted in place of lost papers, would end the waiting.',
    themes: ['civil_registration'],
    subThemes: ['documents', 'birth_registration', 'residence'],
    municipalities: ['fushe-kosove', 'gracanica', 'mitrovica', 'peja'],
    cases: ['EX-01', 'EX-02', 'EX-03', 'EX-04'],
  },
  {
    key: 'public posts',
    daysAgo: 40,
    title: 'Reserved posts and job registers stay closed',
    statement:
      'Posts that the law keeps for communities are filled by others or not at all, and whoever has no diploma is not entered as a job seeker, so that no programme ever reaches them.',
    themes: ['employment'],
    subThemes: ['public_sector', 'registration'],
    municipalities: ['gracanica', 'gjakova'],
    cases: ['EX-13', 'EX-14'],
  },
  {
    key: 'telephones',
    daysAgo: 3,
    title: 'Pupils without a device miss online lessons',
    statement:
      'Where several pupils share one old telephone, lessons that move online are lost to them. A small stock of devices lent by the schools would be enough.',
    themes: ['covid19'],
    subThemes: ['education'],
    municipalities: ['ferizaj'],
    cases: ['EX-18'],
    proposed: true,
  },
];

const day = 24 * 60 * 60_000;

/** Safe to repeat: an issue that is there is found by its id, a case that stands behind it stays. */
export async function seedIssues(now = Date.now()): Promise<void> {
  const viewers = await exampleViewers();
  const coordinator = viewers.find(({ role }) => role === 'coordinator')!;
  const made: [Viewer, string, string[]][] = [];
  for (const { key, daysAgo, cases, proposed, ...fields } of issues) {
    const team = viewers.find(
      ({ role, municipality }) => role === 'activist' && municipality === fields.municipalities[0],
    );
    const author = (proposed && team) || coordinator;
    const id = exampleIssueId(key);
    await createIssue(author, { id, ...fields }, { now: new Date(now - daysAgo * day) });
    made.push([author, id, cases.map(fixedId)]);
  }
  await Promise.all(made.map(([author, id, ids]) => linkCases(author, id, { ids, act: 'link' })));
}
