// Duty: find what may tell who a person is in free text, so that the writer is warned before and after sending. It refuses nothing.

export const personalDataKinds = ['phone', 'id_number', 'iban', 'email', 'community_name'] as const;
export type PersonalDataKind = (typeof personalDataKinds)[number];

export interface PersonalDataHit {
  kind: PersonalDataKind;
  /** Where in the text, as for `slice`. */
  start: number;
  end: number;
  /** The part that tells it: of a name next to a community, the name. */
  tells: { start: number; end: number };
}

/** What a save answers beside the record: which field, what kind. Never the words found. */
export interface TextWarning {
  path: (string | number)[];
  code: PersonalDataKind;
}

const email = /[\p{L}\d._%+-]+@[\p{L}\d-]+(?:\.[\p{L}\d-]+)+/gu;
/** An IBAN, or the sixteen digits of a Kosovo bank account. */
const iban =
  /(?<![\p{L}\d])(?:[A-Z]{2}\d{2}(?: ?[A-Z\d]{4}){2,7}(?: ?[A-Z\d]{1,4})?|\d{4}(?:[ -]?\d{4}){3})(?![\p{L}\d])/giu;
const idNumber = /(?<![\d+])[1-9]\d{9}(?!\d)/g;
const phone = /(?<![\p{L}\d.-])(?:\+|00?)[1-9](?:[ /().-]{0,2}\d){6,12}(?!\d)/gu;
const date = /^\d{1,2}[./-] ?\d{1,2}[./-] ?\d{2,4}$/;

const community =
  '(?:rom[aë]?|rom(?:e|ët|i|in|kinja|kinje|ski|ska|sk[eou]|sku)|ashkali\\p{L}*|aškali\\p{L}*|askali\\p{L}*|egyptians?|egjiptian\\p{L}*|egipćan\\p{L}*|egipcan\\p{L}*)';
const givenAndFamilyName = '\\p{Lu}\\p{Ll}+(?: \\p{Lu}\\p{Ll}+(?:-\\p{Lu}\\p{Ll}+)?){1,2}';
const wordsBetween = '(?:[ ,(]+\\p{Ll}+){0,4}[ ,(]+';
const wholeWord = (inner: string) => `(?<![\\p{L}])${inner}(?![\\p{L}])`;
/** Case matters for names and not for communities, so each half of a match is tested by itself. */
const nameThenWords = new RegExp(`${wholeWord(givenAndFamilyName)}(${wordsBetween}\\p{L}+)`, 'gu');
const wordsThenName = new RegExp(
  `(?<![\\p{L}])\\p{L}+${wordsBetween}(${givenAndFamilyName})(?![\\p{L}])`,
  'gu',
);
const endsInCommunity = new RegExp(`${wholeWord(community)}$`, 'iu');
const beginsWithCommunity = new RegExp(`^${wholeWord(community)}`, 'iu');
/** Two capital words that are no person: places and offices. */
const notAPerson =
  /^(?:fush[ëe]|kosovo|kosov[ëe]s?|civil|employment|social|free|municipal|zyra|kancelarija|centar|qendra|centre|komuna|opština|lagjja|naselje|rruga|ulica|family|housing|european)(?![\p{L}])/iu;

function matches(text: string, pattern: RegExp, kind: PersonalDataKind): PersonalDataHit[] {
  return [...text.matchAll(pattern)].map((found) => {
    const stretch = { start: found.index, end: found.index + found[0].length };
    return { kind, ...stretch, tells: stretch };
  });
}

function namesByCommunities(text: string): PersonalDataHit[] {
  const hits: PersonalDataHit[] = [];
  const keep = (start: number, whole: string, name: string, nameAt: number) => {
    const words = name.split(' ');
    const isCommunity = words.some((word) => beginsWithCommunity.test(word));
    if (!isCommunity && !notAPerson.test(name))
      hits.push({
        kind: 'community_name',
        start,
        end: start + whole.length,
        tells: { start: nameAt, end: nameAt + name.length },
      });
  };
  for (const found of text.matchAll(nameThenWords)) {
    const name = found[0].slice(0, found[0].length - found[1]!.length);
    if (endsInCommunity.test(found[1]!)) keep(found.index, found[0], name, found.index);
  }
  for (const found of text.matchAll(wordsThenName)) {
    if (beginsWithCommunity.test(found[0]))
      keep(found.index, found[0], found[1]!, found.index + found[0].length - found[1]!.length);
  }
  return hits;
}

/** Every hit, in the order of the text; a stretch counts once, as the more telling kind. */
export function findPersonalData(text: string): PersonalDataHit[] {
  const found = [
    ...matches(text, email, 'email'),
    ...matches(text, iban, 'iban'),
    ...matches(text, idNumber, 'id_number'),
    ...matches(text, phone, 'phone').filter((hit) => !date.test(text.slice(hit.start, hit.end))),
    ...namesByCommunities(text),
  ];
  const kept: PersonalDataHit[] = [];
  for (const hit of found)
    if (!kept.some((other) => hit.start < other.end && other.start < hit.end)) kept.push(hit);
  return kept.sort((a, b) => a.start - b.start);
}

/** One warning per field and kind. */
export function warningsAbout(fields: Record<string, unknown>, names: readonly string[]): TextWarning[] {
  return names.flatMap((name) => {
    const text = fields[name];
    if (typeof text !== 'string') return [];
    const kinds = new Set(findPersonalData(text).map((hit) => hit.kind));
    return [...kinds].map((code): TextWarning => ({ path: [name], code }));
  });
}
