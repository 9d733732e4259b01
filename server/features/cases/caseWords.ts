// Duty: which of the index's rows have words beginning so, newest first, from lists in memory. Rows, scopes and filters are the index's.

import { isNewer, type Logged } from './caseOrder.ts';
import { bitWordsFor, countBits, DocumentSets, type Listed } from './documentSets.ts';
import { referencePrefixOf } from './searchTerms.ts';

/** Whole references are as many as cases, and the database's own index finds them at once. */
export const isKeptWord = (word: string): boolean => referencePrefixOf(word) === null;

const firstDocuments = 4_096;

/**
 * A row whose words change gets a new document number and leaves the old one behind, so lists only ever grow at their end.
 */
export class CaseWords {
  /** True once every row was given its words. */
  complete = false;
  #documents = 0;
  #rowOf = new Uint32Array(firstDocuments);
  #loggedAt = new Float64Array(firstDocuments);
  /** Document + 1 per row, 0 for none. */
  #documentOf = new Uint32Array(firstDocuments);
  /** A bit for each document that stands for its row still. */
  #current = new Uint32Array(bitWordsFor(firstDocuments));
  /** When the newest of each 32 documents was logged, so that a page of the newest need not look at all. */
  #newest = new Float64Array(bitWordsFor(firstDocuments));
  readonly #sets = new DocumentSets();
  readonly #lists = new Map<string, Listed>();
  /** All terms in order; those that came since it was sorted are put in their place one by one. */
  #sorted: string[] = [];

  has(row: number): boolean {
    return (this.#documentOf[row] ?? 0) > 0;
  }

  put(row: number, terms: readonly string[], loggedAt: Date): void {
    const document = this.#documents;
    this.#documents += 1;
    if (document >= this.#rowOf.length) this.#grow();
    this.drop(row);
    this.#rowOf[document] = row;
    this.#loggedAt[document] = loggedAt.getTime();
    const word = document >>> 5;
    this.#current[word]! |= 1 << (document & 31);
    this.#newest[word] = Math.max(this.#newest[word]!, loggedAt.getTime());
    if (row >= this.#documentOf.length) this.#documentOf = widened(this.#documentOf, row + 1);
    this.#documentOf[row] = document + 1;
    for (const term of terms) if (isKeptWord(term)) this.#list(term, document);
  }

  /** Its words are found no more. */
  drop(row: number): void {
    const document = (this.#documentOf[row] ?? 0) - 1;
    if (document < 0) return;
    this.#current[document >>> 5]! &= ~(1 << (document & 31));
    this.#documentOf[row] = 0;
  }

  /** Called once all rows have their words. */
  finish(): void {
    this.#sorted = [...this.#lists.keys()].sort();
    this.complete = true;
  }

  /**
   * Rows in which every word begins some term, newest first after `after`; `total` counts them all. `accepts` is null where every
   * row will do.
   */
  search(
    words: readonly string[],
    accepts: ((row: number) => boolean) | null,
    idAt: (row: number) => string,
    page: { after: Logged | null; limit: number },
  ): { ids: string[]; total: number } {
    const [first, second = first, ...further] = words.map((word) =>
      this.#sets.of(word, this.#listsOf, this.#documents),
    );
    if (!first || !second) return { ids: [], total: 0 };
    const current = this.#current;
    const newest: Logged[] = [];
    let total = 0;
    let oldest = Number.NEGATIVE_INFINITY;
    for (let word = bitWordsFor(this.#documents) - 1; word >= 0; word -= 1) {
      let bits = current[word]! & first[word]! & second[word]!;
      if (bits === 0) continue;
      for (const set of further) bits &= set[word]!;
      if (!accepts) {
        total += countBits(bits);
        if (this.#newest[word]! < oldest) continue;
      }
      while (bits !== 0) {
        const bit = 31 - Math.clz32(bits);
        bits ^= 1 << bit;
        const document = word * 32 + bit;
        const row = this.#rowOf[document]!;
        if (accepts) {
          if (!accepts(row)) continue;
          total += 1;
        }
        const loggedAt = this.#loggedAt[document]!;
        if (loggedAt < oldest) continue;
        const one = { loggedAt, id: idAt(row) };
        if (page.after && !isNewer(page.after, one)) continue;
        const place = newest.findIndex((other) => isNewer(one, other));
        newest.splice(place < 0 ? newest.length : place, 0, one);
        if (newest.length > page.limit) newest.pop();
        if (newest.length === page.limit) oldest = newest[page.limit - 1]!.loggedAt;
      }
    }
    return { ids: newest.map(({ id }) => id), total };
  }

  /**
   * The rows that are most like a text, and how much: the words it shares, the rare ones counting more, as a share of all that could be shared.
   * A word is met by any that begins as it does, so that endings of declension do not matter. Words that every other case has tell
   * nothing and are left out.
   */
  likest(
    words: readonly string[],
    accepts: (row: number) => boolean,
    limit: number,
  ): [row: number, likeness: number][] {
    const scores = new Map<number, number>();
    let possible = 0;
    for (const word of new Set(words.map(stemOf))) {
      const rows = new Set<number>();
      const lists = this.#listsOf(word);
      if (this.#documents > fewDocuments && lengthOf(lists) > this.#documents / 4) continue;
      for (const { documents, length } of lists) {
        for (let at = 0; at < length; at += 1) {
          const row = this.#rowOf[documents[at]!]!;
          if (this.#documentOf[row] === documents[at]! + 1) rows.add(row);
        }
      }
      if (rows.size === 0) continue;
      const weight = Math.log(1 + this.#documents / rows.size);
      possible += weight;
      for (const row of rows) if (accepts(row)) scores.set(row, (scores.get(row) ?? 0) + weight);
    }
    const found = [...scores].sort(([, a], [, b]) => b - a).slice(0, limit);
    return found.map(([row, score]) => [row, score / possible]);
  }

  readonly #listsOf = (prefix: string): Listed[] => {
    const lists: Listed[] = [];
    for (let at = lowerBound(this.#sorted, prefix); at < this.#sorted.length; at += 1) {
      const term = this.#sorted[at]!;
      if (!term.startsWith(prefix)) break;
      lists.push(this.#lists.get(term)!);
    }
    return lists;
  };

  #list(term: string, document: number): void {
    let list = this.#lists.get(term);
    if (!list) {
      list = { documents: new Uint32Array(2), length: 0 };
      this.#lists.set(term, list);
      if (this.complete) this.#sorted.splice(lowerBound(this.#sorted, term), 0, term);
    }
    if (list.length === list.documents.length)
      list.documents = widened(list.documents, Math.ceil(list.length * 1.5) + 1);
    list.documents[list.length] = document;
    list.length += 1;
  }

  #grow(): void {
    const length = Math.ceil(this.#documents * 1.3) + 1;
    this.#rowOf = widened(this.#rowOf, length);
    const loggedAt = new Float64Array(length);
    loggedAt.set(this.#loggedAt);
    this.#loggedAt = loggedAt;
    const words = bitWordsFor(length);
    this.#current = widened(this.#current, words);
    const newest = new Float64Array(this.#current.length);
    newest.set(this.#newest);
    this.#newest = newest;
  }
}

/** Below so many, even a word that most have tells something. */
const fewDocuments = 200;
const shortestStem = 4;
const longestEnding = 2;
/** Albanian and Serbian decline by their endings. */
const stemOf = (word: string): string => word.slice(0, Math.max(shortestStem, word.length - longestEnding));

const lengthOf = (lists: readonly Listed[]) => lists.reduce((sum, { length }) => sum + length, 0);

function widened(before: Uint32Array, length: number): Uint32Array<ArrayBuffer> {
  const wider = new Uint32Array(Math.max(length, Math.ceil(before.length * 1.3)));
  wider.set(before);
  return wider;
}

function lowerBound(sorted: readonly string[], term: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < term) low = middle + 1;
    else high = middle;
  }
  return low;
}
