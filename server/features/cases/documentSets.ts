// Duty: the documents that a question's words are in, as bits, remembered for the words that were asked for last. Words and lists are caseWords.ts.

/** Documents that have a term, ascending; it only ever grows at its end. */
export interface Listed {
  documents: Uint32Array;
  length: number;
}

interface DocumentSet {
  bits: Uint32Array<ArrayBuffer>;
  /** Documents from here on are not looked at yet. */
  upTo: number;
}

/** 125 KB each at a million cases. */
const mostSets = 192;
const mostBytes = 24 * 1024 * 1024;

export const bitWordsFor = (documents: number): number => (documents + 31) >>> 5;

export class DocumentSets {
  readonly #sets = new Map<string, DocumentSet>();

  /** Of the documents there are, those in any of the lists. Bits beyond them are zero. */
  of(prefix: string, listsOf: (prefix: string) => readonly Listed[], documents: number): Uint32Array {
    const set = this.#sets.get(prefix) ?? { bits: new Uint32Array(0), upTo: 0 };
    // The one asked for last stands last, and the first is forgotten first.
    this.#sets.delete(prefix);
    this.#sets.set(prefix, set);
    if (set.upTo === documents) return set.bits;
    const needed = bitWordsFor(documents);
    if (set.bits.length < needed) {
      const wider = new Uint32Array(Math.ceil(needed * 1.1));
      wider.set(set.bits);
      set.bits = wider;
      this.#forget();
    }
    for (const list of listsOf(prefix)) {
      for (let at = list.length - 1; at >= 0; at -= 1) {
        const document = list.documents[at]!;
        if (document < set.upTo) break;
        set.bits[document >>> 5]! |= 1 << (document & 31);
      }
    }
    set.upTo = documents;
    return set.bits;
  }

  #forget(): void {
    let bytes = 0;
    for (const { bits } of this.#sets.values()) bytes += bits.byteLength;
    for (const [prefix, { bits }] of this.#sets) {
      if (this.#sets.size <= mostSets && bytes <= mostBytes) return;
      if (this.#sets.size === 1) return;
      this.#sets.delete(prefix);
      bytes -= bits.byteLength;
    }
  }
}

export function countBits(bits: number): number {
  const pairs = bits - ((bits >>> 1) & 0x5555_5555);
  const fours = (pairs & 0x3333_3333) + ((pairs >>> 2) & 0x3333_3333);
  return (((fours + (fours >>> 4)) & 0x0f0f_0f0f) * 0x0101_0101) >>> 24;
}
