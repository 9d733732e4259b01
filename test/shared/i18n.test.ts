// Duty: the three languages say the same things with the same values, every message compiles, Romani says only what is attested.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { IntlMessageFormat } from 'intl-messageformat';
import { projectRoot } from '../../server/root.ts';
import { languages } from '../../shared/directory.ts';
import { en } from '../../shared/i18n/en/index.ts';
import { rom } from '../../shared/i18n/rom/index.ts';
import { sq } from '../../shared/i18n/sq/index.ts';
import { sr } from '../../shared/i18n/sr/index.ts';
import { makeSpeaker } from '../../shared/i18n.ts';

const complete = { sq, sr, en };
type Key = keyof typeof en;
const keys = Object.keys(en) as Key[];

/** A part of a parsed message, as far as this test looks. */
interface Part {
  type: number;
  value?: unknown;
  options?: Record<string, { value: Part[] }>;
}
/** As the parser numbers the kinds of parts. */
const kind = { literal: 0, select: 5, plural: 6, pound: 7 } as const;

const parse = (words: string) =>
  new IntlMessageFormat(words, 'en', undefined, { ignoreTag: true }).getAst() as unknown as Part[];

/** Names of the values that a message needs. */
function valuesOf(elements: Part[]): Set<string> {
  const found = new Set<string>();
  for (const element of elements) {
    if (element.type === kind.literal || element.type === kind.pound) continue;
    found.add(String(element.value));
    for (const option of Object.values(element.options ?? {}))
      for (const name of valuesOf(option.value)) found.add(name);
  }
  return found;
}

const read = (words: string) => [...valuesOf(parse(words))].sort().join(', ');

/** Every text in the code that could name a key, and every start and end between which a key is put together. */
function namedInCode(): { whole: Set<string>; built: RegExp[] } {
  const code = ['client', 'server', 'shared'].flatMap((room) =>
    readdirSync(join(projectRoot, room), { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.tsx?$/.test(path) && !(room === 'shared' && path.startsWith('i18n')))
      .map((path) => readFileSync(join(projectRoot, room, path), 'utf8')),
  );
  const all = code.join('\n');
  const whole = new Set([...all.matchAll(/'([\w.]+)'/g)].map(([, text]) => text!));
  const templates = new Set(
    [...all.matchAll(/`(\w[\w.]*\.(?:[\w.]|\$\{[^`{}]*\})*)`/g)].map(([, text]) => text!),
  );
  const built = [...templates].map(
    (text) => new RegExp(`^${text.replaceAll('.', '\\.').replace(/\$\{[^}]*\}/g, '[\\w.]+')}$`),
  );
  // fieldWords.ts puts a field's name behind each of these.
  built.push(/^campaigns\.(field|demand|action|milestone)\.\w+$/);
  return { whole, built };
}

describe('languages', () => {
  it('keep no words that nobody says', () => {
    const { whole, built } = namedInCode();
    const unsaid = keys.filter((key) => !whole.has(key) && !built.some((pattern) => pattern.test(key)));
    expect(unsaid).to.deep.equal([]);
  });

  for (const [language, messages] of Object.entries(complete)) {
    describe(language, () => {
      it('has every key of English and no other', () => {
        expect(Object.keys(messages).sort()).to.deep.equal([...keys].sort());
      });

      it('has words for every key', () => {
        expect(keys.filter((key) => !messages[key].trim())).to.deep.equal([]);
      });

      it('compiles, and asks for the same values as English', () => {
        const wrong = keys.flatMap((key) => {
          try {
            const [wanted, found] = [read(en[key]), read(messages[key])];
            return wanted === found ? [] : [`${key}: {${found}} instead of {${wanted}}`];
          } catch (error) {
            return [`${key}: ${String(error)}`];
          }
        });
        expect(wrong).to.deep.equal([]);
      });

      it('has the plural forms of its grammar', () => {
        const wanted = new Intl.PluralRules(language === 'sr' ? 'sr-Latn' : language).resolvedOptions()
          .pluralCategories;
        const wrong: string[] = [];
        const visit = (key: string, elements: Part[]) => {
          for (const element of elements) {
            const options = element.options ?? {};
            if (element.type === kind.plural)
              for (const form of wanted) if (!(form in options)) wrong.push(`${key}: ${form}`);
            for (const option of Object.values(options)) visit(key, option.value);
          }
        };
        for (const key of keys) visit(key, parse(messages[key]));
        expect(wrong).to.deep.equal([]);
      });
    });
  }

  it('leaves no word of another language in Albanian and Serbian', () => {
    const hasWords = (key: Key) => /\p{L}+ \p{L}+/u.test(en[key].replace(/\{[^}]*\}/g, ''));
    const same = keys.filter((key) => hasWords(key) && (en[key] === sq[key] || en[key] === sr[key]));
    expect(same.filter((key) => key !== 'app.name')).to.deep.equal([]);
  });

  it('ends no Serbian sentence twice: a date there brings its own full stop', () => {
    expect(keys.filter((key) => /\{(date|until)\}\./.test(sr[key]))).to.deep.equal([]);
  });

  it('names every language in its own words', () => {
    for (const language of languages.filter((one) => one !== 'rom'))
      expect(
        new Set(Object.values(complete).map((messages) => messages[`language.${language}`])).size,
      ).to.equal(1);
  });
});

describe('Romani', () => {
  interface Term {
    rom: string | null;
    confidence: { rom: string };
  }
  const { terms } = JSON.parse(
    readFileSync(new URL('../../seeds/data/terms.json', import.meta.url), 'utf8'),
  ) as { terms: Term[] };
  const attested = new Set(
    terms
      .filter((term) => term.rom && term.confidence.rom === 'a')
      .flatMap((term) => term.rom!.split(/[\s/(),=;]+/))
      .map((word) => word.toLowerCase())
      .filter(Boolean),
  );

  it('uses only words that a Kosovo text attests', () => {
    const made = Object.entries(rom).filter(([, words]) =>
      words
        .toLowerCase()
        .split(/\s+/)
        .some((word) => !attested.has(word)),
    );
    expect(made).to.deep.equal([]);
  });

  it('falls back where nothing is attested', () => {
    const speaker = makeSpeaker('rom', rom, sq);
    expect(speaker.say('common.save')).to.equal(sq['common.save']);
    expect(speaker.say('theme.employment')).to.equal(rom['theme.employment']);
  });
});
