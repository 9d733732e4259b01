// Duty: public holidays of Kosovo for 2026 and 2027: fixed days, Easter Mondays as reckoned, days that depend on the moon or on a decision marked as not sure.
import type { Holiday, HolidayYear } from '../shared/replyRules.ts';

type Names = Holiday['names'];

const newYear: Names = { sq: 'Viti i Ri', sr: 'Nova godina', en: 'New Year' };
const orthodoxChristmas: Names = {
  sq: 'Krishtlindjet ortodokse',
  sr: 'Pravoslavni Božić',
  en: 'Orthodox Christmas',
};
const independence: Names = { sq: 'Dita e Pavarësisë', sr: 'Dan nezavisnosti', en: 'Independence Day' };
const constitution: Names = { sq: 'Dita e Kushtetutës', sr: 'Dan Ustava', en: 'Constitution Day' };
const labour: Names = { sq: 'Dita Ndërkombëtare e Punës', sr: 'Praznik rada', en: 'Labour Day' };
const europe: Names = { sq: 'Dita e Evropës', sr: 'Dan Evrope', en: 'Europe Day' };
const catholicChristmas: Names = {
  sq: 'Krishtlindjet katolike',
  sr: 'Katolički Božić',
  en: 'Catholic Christmas',
};
const catholicEaster: Names = {
  sq: 'Pashkët katolike (e hënë)',
  sr: 'Katolički Uskrs (ponedeljak)',
  en: 'Catholic Easter Monday',
};
const orthodoxEaster: Names = {
  sq: 'Pashkët ortodokse (e hënë)',
  sr: 'Pravoslavni Uskrs (ponedeljak)',
  en: 'Orthodox Easter Monday',
};
const smallEid: Names = { sq: 'Bajrami i Madh (Fitër)', sr: 'Ramazanski bajram', en: 'Eid al-Fitr' };
const greatEid: Names = { sq: 'Bajrami i Vogël (Kurban)', sr: 'Kurban-bajram', en: 'Eid al-Adha' };
/** A holiday at the weekend is usually made up for on the next working day, by a decision of the government. */
const inPlaceOf = (names: Names): Names => ({
  sq: `Pushim në vend: ${names.sq}`,
  sr: `Slobodan dan umesto: ${names.sr}`,
  en: `Day off in place of ${names.en}`,
});

const sure = (day: string, names: Names): Holiday => ({ day, names, sure: true });
const unsure = (day: string, names: Names): Holiday => ({ day, names, sure: false });
const year = (name: string, days: Holiday[]): HolidayYear => ({
  year: name,
  version: 1,
  days: days.toSorted((a, b) => a.day.localeCompare(b.day)),
});
const fixed = (name: string): Holiday[] => [
  sure(`${name}-01-01`, newYear),
  sure(`${name}-01-02`, newYear),
  sure(`${name}-01-07`, orthodoxChristmas),
  sure(`${name}-02-17`, independence),
  sure(`${name}-04-09`, constitution),
  sure(`${name}-05-01`, labour),
  sure(`${name}-05-09`, europe),
  sure(`${name}-12-25`, catholicChristmas),
];

export const knownHolidays: HolidayYear[] = [
  year('2026', [
    ...fixed('2026'),
    sure('2026-04-06', catholicEaster),
    sure('2026-04-13', orthodoxEaster),
    unsure('2026-03-20', smallEid),
    unsure('2026-05-27', greatEid),
    unsure('2026-05-11', inPlaceOf(europe)),
  ]),
  year('2027', [
    ...fixed('2027'),
    sure('2027-03-29', catholicEaster),
    sure('2027-05-03', orthodoxEaster),
    unsure('2027-03-10', smallEid),
    unsure('2027-05-17', greatEid),
    unsure('2027-01-04', inPlaceOf(newYear)),
    unsure('2027-05-04', inPlaceOf(labour)),
    unsure('2027-05-10', inPlaceOf(europe)),
    unsure('2027-12-27', inPlaceOf(catholicChristmas)),
  ]),
];
