// Duty: addresses, keys, colours and filters of the shell, as far as they need no browser.
import { expect } from 'chai';
import { paths, safeNext, searchHref } from '../../client/app/paths.ts';
import { filterUsers, hasWords, noUserFilter, statusOf } from '../../client/features/directory/userFilter.ts';
import { makeMatcher } from '../../client/lib/shortcuts.ts';
import { type Scheme, schemes } from '../../client/ui/colours.ts';
import type { UserRecord } from '../../shared/directory.ts';

describe('paths', () => {
  it('make links that their patterns match', () => {
    expect(paths.case.href('0199-a')).to.equal('/cases/0199-a');
    expect(paths.reset.href('a/b?c')).to.equal('/reset/a%2Fb%3Fc');
    expect(searchHref('ujë Pejë')).to.equal('/cases?q=uj%C3%AB+Pej%C3%AB');
  });

  it('never lead away from the site after signing in', () => {
    expect(safeNext('/cases?late=true')).to.equal('/cases?late=true');
    for (const evil of [
      'https://evil.example',
      '//evil.example',
      '/\t/evil.example',
      '/\n/evil.example',
      '/\\evil.example',
      'javascript:alert(1)',
      '',
      null,
    ])
      expect(safeNext(evil), String(evil)).to.equal('/');
  });
});

describe('shortcuts', () => {
  const shortcuts = ['/', 'c', '?', 'g m', 'g c'];
  it('know single keys and pairs', () => {
    const match = makeMatcher(shortcuts);
    expect(match('c', 0)).to.equal('c');
    expect(match('g', 100)).to.equal(null);
    expect(match('c', 400)).to.equal('g c');
    expect(match('c', 500)).to.equal('c');
  });
  it('forget the first key of a pair after a second, and after a wrong one', () => {
    const match = makeMatcher(shortcuts);
    match('g', 0);
    expect(match('m', 1500)).to.equal(null);
    match('g', 2000);
    expect(match('x', 2100)).to.equal(null);
    expect(match('m', 2200)).to.equal(null);
  });
});

const channel = (value: number) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
const rgb = (hex: string) => [1, 3, 5].map((at) => channel(Number.parseInt(hex.slice(at, at + 2), 16) / 255));
const luminance = (hex: string) => {
  const [r = 0, g = 0, b = 0] = rgb(hex);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (one: string, other: string) => {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
};

describe('colours', () => {
  for (const [name, scheme] of Object.entries(schemes) as [string, Scheme][]) {
    it(`${name}: every ink is readable on every ground (WCAG AA)`, () => {
      const inks = {
        ...scheme.themes,
        ink: scheme.ink,
        faint: scheme.faint,
        accent: scheme.accent,
        alarm: scheme.alarm,
      };
      for (const [ink, colour] of Object.entries(inks))
        for (const ground of [scheme.paper, scheme.surface, scheme.sunken])
          expect(contrast(colour, ground), `${ink} on ${ground}`).to.be.at.least(4.5);
      for (const filled of [scheme.accent, scheme.alarm])
        expect(contrast(scheme.onFilled, filled), `on ${filled}`).to.be.at.least(4.5);
    });

    // Machado, Oliveira and Fernandes 2009, complete dichromacy.
    const sights: Record<string, number[][]> = {
      full: [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ],
      protanopia: [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
      ],
      deuteranopia: [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.01182, 0.04294, 0.968881],
      ],
      tritanopia: [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.3039],
      ],
    };
    const oklab = ([r = 0, g = 0, b = 0]: number[]) => {
      const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
      const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
      const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
      return [
        0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
        1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
        0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
      ];
    };
    it(`${name}: the four themes stay apart for every kind of colour vision`, () => {
      for (const [sight, matrix] of Object.entries(sights)) {
        const seen = Object.entries(scheme.themes).map(([theme, hex]) => {
          const light = rgb(hex);
          const turned = matrix.map((row) =>
            Math.min(
              1,
              Math.max(
                0,
                row.reduce((sum, k, i) => sum + k * light[i]!, 0),
              ),
            ),
          );
          return { theme, lab: oklab(turned) };
        });
        for (const one of seen)
          for (const other of seen)
            if (one.theme < other.theme) {
              const apart = Math.hypot(...one.lab.map((value, i) => value - other.lab[i]!));
              expect(apart, `${sight}: ${one.theme} and ${other.theme}`).to.be.at.least(0.07);
            }
      }
    });
  }
});

describe('users', () => {
  const user = (fields: Partial<UserRecord>): UserRecord => ({
    id: 'u',
    name: 'Arta Gashi',
    email: 'arta@example.org',
    role: 'activist',
    municipality: 'gjakova',
    organisation: null,
    language: 'sq',
    active: true,
    version: 1,
    secondFactorSince: null,
    secondFactorOwed: false,
    secondFactorReset: null,
    invitedAt: '2026-01-01T00:00:00Z',
    joinedAt: '2026-01-02T00:00:00Z',
    lastSeenAt: null,
    lockedUntil: null,
    example: false,
    ...fields,
  });
  const now = Date.parse('2026-06-01T00:00:00Z');

  it('stand as retired before locked before invited', () => {
    expect(statusOf(user({}), now)).to.equal('active');
    expect(statusOf(user({ joinedAt: null }), now)).to.equal('invited');
    expect(statusOf(user({ lockedUntil: '2026-06-01T00:10:00Z' }), now)).to.equal('locked');
    expect(statusOf(user({ lockedUntil: '2026-05-31T00:00:00Z' }), now)).to.equal('active');
    expect(statusOf(user({ active: false, lockedUntil: '2026-06-01T00:10:00Z' }), now)).to.equal('inactive');
  });

  it('are found by words in any order, without marks', () => {
    expect(hasWords('Đorđe Čolić dorde@example.org', 'colic djordje')).to.equal(true);
    expect(hasWords('Gjylë Çeku', 'ceku gjyle')).to.equal(true);
    expect(hasWords('Gjylë Çeku', 'ceku arta')).to.equal(false);
    const people = [
      user({}),
      user({ id: 'v', name: 'Blerim', email: 'b@example.org', role: 'coordinator', municipality: null }),
    ];
    expect(filterUsers(people, { ...noUserFilter, words: 'ARTA' }).map(({ id }) => id)).to.deep.equal(['u']);
    expect(filterUsers(people, { ...noUserFilter, role: 'coordinator' }).map(({ id }) => id)).to.deep.equal([
      'v',
    ]);
    expect(
      filterUsers(people, { ...noUserFilter, municipality: 'gjakova', status: 'inactive' }),
    ).to.deep.equal([]);
  });
});
