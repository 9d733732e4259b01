// Duty: prove that whatever is refused beside a field has words of its own, and does not end as "this is not accepted".
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { projectRoot } from '../../server/root.ts';
import { en } from '../../shared/i18n/en/index.ts';

/** Where a code stands: a fault made on the server, a complaint of a rule, a message of a schema. */
const places = [
  /\bpath: .*\bcode: '([a-z_]+)'/g,
  /\b(?:complain|refuse)\((?:[^()]*, )?'([a-z_]+)'\)/g,
  /\bmessage: '([a-z_]+)'/g,
  /\.(?:min|max|regex|refine|email|length)\(.*, '([a-z_]+)'\)/g,
];
/** No form has these fields: an address somebody typed, a page of a list, a paper's code, whose words the page has itself. */
const ofNoForm = ['not_a_cursor', 'not_the_same_id', 'not_a_receipt'];

describe('faults', () => {
  it('each has words', () => {
    const codes = new Set<string>();
    for (const folder of ['server/features', 'shared'])
      for (const name of readdirSync(join(projectRoot, folder), { recursive: true, encoding: 'utf8' })) {
        if (!name.endsWith('.ts')) continue;
        const text = readFileSync(join(projectRoot, folder, name), 'utf8');
        for (const place of places) for (const [, code] of text.matchAll(place)) codes.add(code!);
      }
    expect(codes.size).to.be.greaterThan(60);
    expect([...codes].filter((code) => !(`fault.${code}` in en) && !ofNoForm.includes(code))).to.deep.equal(
      [],
    );
  });
});
