// Duty: dates, distances, numbers and names in each language, and what a fault says. No browser.
import { expect } from 'chai';
import { ApiError } from '../../client/lib/api.ts';
import { errorWords, faultWords, formFaults } from '../../client/lib/faults.ts';
import { initialsOf } from '../../client/ui/initials.ts';
import { makeFormats, nameOf } from '../../shared/format.ts';
import { en } from '../../shared/i18n/en/index.ts';
import { makeSpeaker } from '../../shared/i18n.ts';

const zone = 'Europe/Belgrade';
const noon = '2026-11-21T11:05:00.000Z';
const now = Date.parse(noon);
const ago = (seconds: number) => new Date(now - seconds * 1000).toISOString();
const hour = 3600;
const day = 24 * hour;

describe('dates', () => {
  it('are written as each language writes them, at the hour of the place', () => {
    expect(makeFormats('sq', zone).dateTime(noon)).to.equal('21 nëntor 2026, 12:05');
    expect(makeFormats('sr', zone).date(noon)).to.match(/^21\. novembar 2026\.?$/);
    expect(makeFormats('en', zone).dateTime(noon)).to.match(/^21 November 2026(,| at) 12:05$/);
  });

  it('turn the day at midnight of the place, not of London', () => {
    expect(makeFormats('sq', zone).date('2026-11-20T23:30:00Z')).to.equal('21 nëntor 2026');
  });
});

describe('distances in time', () => {
  const cases: [number, string, string, string][] = [
    [20, 'tani', 'ovog minuta', 'this minute'],
    [60, '1 minutë më parë', 'pre 1 minuta', '1 minute ago'],
    [5 * 60, '5 minuta më parë', 'pre 5 minuta', '5 minutes ago'],
    [3 * hour, '3 orë më parë', 'pre 3 sata', '3 hours ago'],
    [day, 'dje', 'juče', 'yesterday'],
    [3 * day, '3 ditë më parë', 'pre 3 dana', '3 days ago'],
    [9 * day, 'javën e kaluar', 'prošle nedelje', 'last week'],
    [70 * day, '2 muaj më parë', 'pre 2 meseca', '2 months ago'],
    [800 * day, '2 vjet më parë', 'pre 2 godine', '2 years ago'],
    [-2 * hour, 'pas 2 orësh', 'za 2 sata', 'in 2 hours'],
    [-3 * day, 'pas 3 ditësh', 'za 3 dana', 'in 3 days'],
  ];
  for (const [seconds, sq, sr, english] of cases)
    it(english, () => {
      expect(makeFormats('sq').relative(ago(seconds), now)).to.equal(sq);
      expect(makeFormats('sr').relative(ago(seconds), now)).to.equal(sr);
      expect(makeFormats('en').relative(ago(seconds), now)).to.equal(english);
    });

  it('tells a calendar day in whole days, late in the evening too', () => {
    const { relative } = makeFormats('sq');
    const evening = new Date(2026, 10, 21, 23, 50).getTime();
    expect(relative('2026-11-21', evening)).to.equal('sot');
    expect(relative('2026-11-22', evening)).to.equal('nesër');
    expect(relative('2026-11-20', evening)).to.equal('dje');
    expect(relative('2026-11-25', evening)).to.equal('pas 4 ditësh');
  });
});

describe('numbers and lists', () => {
  it('follow the language', () => {
    expect(makeFormats('sq').number(1234567.5)).to.equal('1\u00a0234\u00a0567,5');
    expect(makeFormats('sq').number(4200)).to.equal('4200');
    expect(makeFormats('sr').number(1234567.5)).to.equal('1.234.567,5');
    expect(makeFormats('en').number(1234567.5)).to.equal('1,234,567.5');
    expect(makeFormats('sq').list(['Pejë', 'Prizren', 'Gjakovë'])).to.equal('Pejë, Prizren dhe Gjakovë');
    expect(makeFormats('sq').list(['Pejë'])).to.equal('Pejë');
    expect(makeFormats('en').percent(0.256)).to.equal('26%');
  });
});

describe('nameOf', () => {
  it('gives a place the name of the language, and falls back to the Albanian one', () => {
    const names = { sq: 'Pejë', sr: 'Peć', en: 'Peja', rom: null };
    expect(['sq', 'sr', 'en', 'rom'].map((one) => nameOf(names, one as 'sq'))).to.deep.equal([
      'Pejë',
      'Peć',
      'Peja',
      'Pejë',
    ]);
    expect(nameOf({ sq: 'Mahalla', sr: 'Mahala' }, 'en')).to.equal('Mahalla');
  });
});

describe('initialsOf', () => {
  it('takes the first and the last word, whatever stands around them', () => {
    expect(initialsOf('Ëmbla B. Çeku')).to.equal('ËÇ');
    expect(initialsOf('Example Activist (Ferizaj)')).to.equal('EF');
    expect(initialsOf('Solo')).to.equal('S');
    expect(initialsOf('  ')).to.equal('');
  });
});

describe('faults', () => {
  const speaker = makeSpeaker('en', en, en);
  const refused = new ApiError(422, 'input.invalid', {
    faults: [
      { path: ['people', 'count'], code: 'too_large', params: { maximum: 5000 } },
      { path: ['title'], code: 'required' },
      { path: ['title'], code: 'too_long', params: { maximum: 120 } },
    ],
  });

  it('stand beside their fields, the first of each', () => {
    const { fields, whole } = formFaults(speaker, refused, ['title', 'people.count']);
    expect(fields).to.deep.equal({ title: en['fault.required'], 'people.count': 'At most 5000.' });
    expect(whole).to.equal(null);
  });

  it('are said above the form where it has no such field', () => {
    const { fields, whole } = formFaults(speaker, refused, ['title']);
    expect(fields).to.have.keys('title');
    expect(whole).to.contain('people.count').and.to.contain('5000');
  });

  it('have words even when the code or its numbers are unknown', () => {
    expect(faultWords(speaker, { path: [], code: 'never_heard_of' })).to.equal(en['fault.unknown']);
    expect(faultWords(speaker, { path: [], code: 'too_long' })).to.equal(en['fault.unknown']);
    expect(errorWords(speaker, new ApiError(418, 'teapot'))).to.equal(en['error.unexpected']);
    expect(errorWords(speaker, new ApiError(409, 'something.new'))).to.equal(en['error.conflict']);
    expect(errorWords(speaker, new TypeError('bug'))).to.equal(en['error.unexpected']);
  });

  it('count seconds where the server says how long', () => {
    expect(errorWords(speaker, new ApiError(429, 'tooMany', { retryAfterSeconds: 1 }))).to.contain(
      '1 second.',
    );
    expect(errorWords(speaker, new ApiError(429, 'tooMany'))).to.contain('Wait a little');
  });
});
