// Duty: answers for as long as nothing changed. What a key stands for is the caller's.

const mostAnswers = 2_000;

export class AnswerMemory {
  readonly #answers = new Map<string, { revision: number; value: unknown }>();

  /** Made anew once the revision is another. */
  of<Value>(key: string, revision: number, make: () => Value): Value {
    const known = this.#answers.get(key);
    if (known?.revision === revision) return known.value as Value;
    const value = make();
    if (this.#answers.size > mostAnswers) this.#answers.clear();
    this.#answers.set(key, { revision, value });
    return value;
  }
}
