// Duty: the letters that stand for a name where there is no room for it. Pure.

/** First letters of the first and the last word: "Arta B. Krasniqi" → "AK". */
export function initialsOf(name: string): string {
  const words = name.match(/\p{L}[\p{L}\p{M}’'-]*/gu) ?? [];
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined];
  return letters
    .map((word) => (word ? [...word][0]! : ''))
    .join('')
    .toLocaleUpperCase();
}
