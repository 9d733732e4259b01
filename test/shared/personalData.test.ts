// Duty: what counts as telling who a person is, and what must not be mistaken for it.
import { expect } from 'chai';
import { findPersonalData, warningsAbout } from '../../shared/personalData.ts';

describe('findPersonalData', () => {
  const found: [string, string, string][] = [
    ['Call 044 123 456 please', 'phone', '044 123 456'],
    ['tel. +383 49 123-456', 'phone', '+383 49 123-456'],
    ['00383 44 123 456 is hers', 'phone', '00383 44 123 456'],
    ['number 1234567890 on the card', 'id_number', '1234567890'],
    ['pay to XK05 1212 0123 4567 8906', 'iban', 'XK05 1212 0123 4567 8906'],
    ['account 1234 5678 9012 3456', 'iban', '1234 5678 9012 3456'],
    ['write to a.b@example.org.', 'email', 'a.b@example.org'],
    ['the Ashkali family of Plantrim Secretaj', 'community_name', 'Ashkali family of Plantrim Secretaj'],
    ['Plantrim Secretaj, an Egyptian father', 'community_name', 'Plantrim Secretaj, an Egyptian'],
    ['Porodica Planko Tajnović, Romi', 'community_name', 'Porodica Planko Tajnović, Romi'],
  ];
  for (const [text, kind, words] of found) {
    it(`finds ${kind} in “${text}”`, () => {
      const hits = findPersonalData(text);
      expect(hits.map((hit) => [hit.kind, text.slice(hit.start, hit.end)])).to.deep.equal([[kind, words]]);
    });
  }

  const harmless = [
    'on 21.11.2026 and 01.02.2026',
    'FER-2026-0042 repeats FER-2026-0007',
    'it costs 1 200 000 and 0,5 ha are left',
    'law 04/L-003, request 045/2026',
    'open from 0800 to 1600',
    'Roma, Ashkali and Egyptian families in Fushë Kosovë',
    'the Roma quarter of Fushë Kosovë',
    'Ashkali children and the Civil Status office',
    'eleven households share one tap',
  ];
  for (const text of harmless) {
    it(`finds nothing in “${text}”`, () => expect(findPersonalData(text)).to.deep.equal([]));
  }

  it('answers quickly for the longest text there may be', () => {
    const began = performance.now();
    for (const text of ['A b '.repeat(1_000), '0 '.repeat(2_000), 'Ab Ab '.repeat(660), 'a@'.repeat(2_000)])
      findPersonalData(text);
    expect(performance.now() - began).to.be.lessThan(500);
  });

  it('warns once per field and kind, and never with the words', () => {
    const warnings = warningsAbout({ title: '044 123 456 or 045 123 456', need: 7 }, [
      'title',
      'need',
      'text',
    ]);
    expect(warnings).to.deep.equal([{ path: ['title'], code: 'phone' }]);
  });
});
