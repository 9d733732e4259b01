// Duty: the case index says what a recount of plain objects says, after any changes. Its feed and endpoints are in test/api.
import { expect } from 'chai';
import { groupsAsked, groupsOf } from '../../server/features/cases/caseGroups.ts';
import { CaseIndex, type IndexedCase } from '../../server/features/cases/caseIndex.ts';
import type { IndexScope } from '../../server/features/cases/caseIndexFilter.ts';
import { newId } from '../../shared/api.ts';
import {
  type CaseFilter,
  caseOutcomes,
  caseStatuses,
  confirmations,
  openStatuses,
  urgencies,
} from '../../shared/cases.ts';
import { type MunicipalitySlug, municipalitySlugs } from '../../shared/directory.ts';
import { referenceNumber, themeOf } from '../../shared/mapViews.ts';
import { allSubThemes } from '../../shared/themes.ts';

const today = 20_778;
let seed = 7;
/** The same numbers at every run, so that a failure can be looked at again. */
const random = () => {
  seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
  return seed / 2 ** 32;
};
const oneOf = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)]!;
const people = Array.from({ length: 9 }, () => newId());
const guest = newId();
const issues = [newId(), newId()];
const campaigns = [newId(), newId()];

function someCase(id = newId(), version = 1): IndexedCase {
  const municipality = oneOf(municipalitySlugs);
  return {
    id,
    version,
    reference: `${municipality.slice(0, 3).toUpperCase()}-2026-${String(Math.ceil(random() * 9999)).padStart(4, '0')}`,
    municipality,
    settlement: random() < 0.2 ? null : `${municipality}-${Math.floor(random() * 4)}`,
    precision: random() < 0.1 ? 'municipality' : 'settlement',
    subTheme: oneOf(allSubThemes),
    status: oneOf(caseStatuses),
    urgency: oneOf(urgencies),
    outcome: random() < 0.5 ? null : oneOf(caseOutcomes),
    confirmedBy: random() < 0.5 ? null : oneOf(confirmations),
    lead: random() < 0.3 ? null : oneOf(people),
    guests: random() < 0.1 ? [guest] : [],
    groups: groupsOf({
      issue: random() < 0.3 ? oneOf(issues) : null,
      campaigns: campaigns.filter(() => random() < 0.2),
    }),
    loggedAt: 1,
    loggedDay: today - Math.floor(random() * 500),
    nextStepDay: random() < 0.4 ? null : today - 30 + Math.floor(random() * 60),
  };
}

const placeOf = (item: { municipality: string; settlement: string | null; isTold: boolean }) =>
  `${item.municipality} ${item.settlement} ${item.isTold}`;
const placeOfCase = (item: IndexedCase) => placeOf({ ...item, isTold: item.precision === 'settlement' });
const isLate = (item: IndexedCase, day: number) =>
  openStatuses.includes(item.status) && item.nextStepDay !== null && item.nextStepDay < day;
const dayOf = (text: string) => Date.parse(text) / 86_400_000;

function matches(item: IndexedCase, scope: IndexScope, filter: CaseFilter, day: number): boolean {
  const among = <Value>(chosen: readonly Value[] | undefined, value: Value) =>
    !chosen?.length || chosen.includes(value);
  return (
    (!scope.municipality || item.municipality === scope.municipality) &&
    (!scope.guest || item.guests.includes(scope.guest)) &&
    among(filter.municipality, item.municipality) &&
    (!filter.settlement ||
      (filter.settlement.includes(item.settlement ?? '') &&
        (!scope.guest || item.precision === 'settlement'))) &&
    groupsAsked(filter).every((group) => item.groups.includes(group)) &&
    among(filter.theme, themeOf(item.subTheme)) &&
    among(filter.subTheme, item.subTheme) &&
    among(filter.status, item.status) &&
    among(filter.urgency, item.urgency) &&
    (filter.late === undefined || filter.late === isLate(item, day)) &&
    (filter.lead === undefined ||
      (filter.lead === 'none' ? item.lead === null : item.lead === filter.lead)) &&
    (!filter.from || item.loggedDay >= dayOf(filter.from)) &&
    (!filter.to || item.loggedDay <= dayOf(filter.to))
  );
}

const scopes: IndexScope[] = [
  { municipality: null, guest: null },
  { municipality: 'prizren', guest: null },
  { municipality: null, guest },
];
const filters: CaseFilter[] = [
  {},
  { theme: ['housing'] },
  { theme: ['housing', 'covid19'], status: ['new', 'waiting'], urgency: ['critical'] },
  { municipality: ['peja', 'prizren'], late: true },
  { settlement: ['prizren-1', 'prizren-2'], late: false },
  { lead: 'none' },
  { issue: issues[0]! },
  { issue: newId() },
  { campaign: campaigns[1]!, theme: ['housing', 'employment'], late: false },
  { issue: issues[1]!, campaign: campaigns[0]!, from: '2025-09-01' },
  { lead: people[0]!, subTheme: ['eviction', 'documents'] },
  { from: '2026-01-01', to: '2026-06-30' },
  { from: '2026-05-05', lead: newId() },
];

function counted<Name extends string>(items: IndexedCase[], nameOf: (item: IndexedCase) => Name) {
  const counts: Partial<Record<Name, number>> = {};
  for (const item of items) counts[nameOf(item)] = (counts[nameOf(item)] ?? 0) + 1;
  return counts;
}

function expectRecount(index: CaseIndex, all: IndexedCase[], day: number): void {
  for (const scope of scopes) {
    for (const filter of filters) {
      const found = all.filter((item) => matches(item, scope, filter, day));
      const open = found.filter((item) => openStatuses.includes(item.status));
      const question = { scope, filter };
      const named = JSON.stringify(question);
      expect(index.total(question), named).to.equal(found.length);
      const openBy: Partial<Record<MunicipalitySlug, object>> = {};
      for (const municipality of new Set(open.map((item) => item.municipality)))
        openBy[municipality] = counted(
          open.filter((item) => item.municipality === municipality),
          (item) => themeOf(item.subTheme),
        );
      expect(index.counts(question), named).to.deep.equal({
        total: found.length,
        open: open.length,
        late: found.filter((item) => isLate(item, day)).length,
        withoutLead: open.filter((item) => item.lead === null).length,
        byOutcome: counted(
          found.filter((item) => item.outcome),
          (item) => item.outcome!,
        ),
        byConfirmation: counted(
          found.filter((item) => item.confirmedBy),
          (item) => item.confirmedBy!,
        ),
        byStatus: counted(found, (item) => item.status),
        byTheme: counted(found, (item) => themeOf(item.subTheme)),
        byUrgency: counted(found, (item) => item.urgency),
        byMunicipality: counted(found, (item) => item.municipality),
        openByMunicipalityAndTheme: openBy,
      });
      const byPlace = Object.fromEntries(
        index.countsByPlace(question).map((one) => [placeOf(index.places[one.place]!), one.count]),
      );
      expect(byPlace, named).to.deep.equal(counted(found, placeOfCase));
      const without = (name: keyof CaseFilter) => {
        const { [name]: _left, ...rest } = filter;
        return all.filter((item) => matches(item, scope, rest, day));
      };
      const facets = index.facets(question, people[0]!);
      expect(facets.theme, named).to.deep.equal(counted(without('theme'), (item) => themeOf(item.subTheme)));
      expect(facets.status, named).to.deep.equal(counted(without('status'), (item) => item.status));
      expect(facets.mine, named).to.equal(without('lead').filter((item) => item.lead === people[0]).length);
      expect(facets.late, named).to.equal(without('late').filter((item) => isLate(item, day)).length);
      const rows = index.rowsOf(question, [0, 3]);
      for (const [at, place] of [0, 3].entries())
        expect(rows[at]!.map((row) => row.reference).sort(), named).to.deep.equal(
          found
            .filter((item) => placeOfCase(item) === placeOf(index.places[place]!))
            .map((item) => referenceNumber(item.reference))
            .sort(),
        );
    }
  }
}

describe('CaseIndex', () => {
  it('when thousands of cases come, change, go and return, counts what a recount counts', () => {
    const index = new CaseIndex(() => today);
    const kept = new Map<string, IndexedCase>();
    const ids: string[] = [];
    for (let change = 0; change < 9_000; change += 1) {
      const known = random() < 0.5 && ids.length > 0 ? oneOf(ids) : null;
      if (known && random() < 0.1) {
        index.drop(known);
        kept.delete(known);
        continue;
      }
      const item = someCase(known ?? undefined, known ? (kept.get(known)?.version ?? 0) + 1 : 1);
      if (!known) ids.push(item.id);
      index.put(item);
      kept.set(item.id, item);
    }
    expect(index.size).to.equal(kept.size);
    expectRecount(index, [...kept.values()], today);
  });

  it('when a day passes, finds the cases that became late by time alone', () => {
    let day = today;
    const index = new CaseIndex(() => day);
    const all = Array.from({ length: 2_000 }, () => someCase());
    for (const item of all) index.put(item);
    const before = index.counts({ scope: scopes[0]!, filter: {} }).late;
    day += 1;
    expect(index.counts({ scope: scopes[0]!, filter: {} }).late).to.be.greaterThan(before);
    expectRecount(index, all, day);
  });

  it('when an older version arrives after a newer one, keeps the newer', () => {
    const index = new CaseIndex(() => today);
    const item = someCase(newId(), 3);
    index.put({ ...item, status: 'closed' });
    index.put({ ...item, version: 2, status: 'new' });
    expect(index.counts({ scope: scopes[0]!, filter: {} }).byStatus).to.deep.equal({ closed: 1 });
    expect(index.versionOf(item.id)).to.equal(3);
  });

  it('when places are unchanged, their revision is too', () => {
    const index = new CaseIndex(() => today);
    const item = someCase();
    index.put(item);
    index.put({
      ...someCase(),
      municipality: item.municipality,
      settlement: 'elsewhere',
      precision: 'settlement',
    });
    const before = index.revisionOf([0]);
    index.put({
      ...someCase(),
      municipality: item.municipality,
      settlement: 'elsewhere',
      precision: 'settlement',
    });
    expect(index.revisionOf([0])).to.equal(before);
    expect(index.revisionOf([0, 1])).to.be.greaterThan(before);
  });
});
