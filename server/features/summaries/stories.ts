// Duty: a story's words cut into pieces and figures, and what is wrong with it: a figure that there is not, a number typed by hand. Pure.
import type { StoryPart } from '../../../shared/summaries.ts';
import type { StoryLanguage } from '../../../shared/summaryLists.ts';

const token = /\{\{\s*([a-zA-Z0-9_./+-]+)\s*\}\}/g;

export function partsOf(words: string): StoryPart[] {
  const parts: StoryPart[] = [];
  let end = 0;
  for (const match of words.matchAll(token)) {
    if (match.index > end) parts.push({ text: words.slice(end, match.index) });
    parts.push({ figure: match[1]! });
    end = match.index + match[0].length;
  }
  if (end < words.length) parts.push({ text: words.slice(end) });
  return parts;
}

export function storyParts(
  story: Partial<Record<StoryLanguage, string>>,
): Partial<Record<StoryLanguage, StoryPart[]>> {
  return Object.fromEntries(
    Object.entries(story)
      .filter(([, words]) => words)
      .map(([language, words]) => [language, partsOf(words)]),
  );
}

/** Years and days of the month are words; any other number typed by hand could disagree with the tables or give a cell back. */
const year = /^(19|20)\d\d$/;

export function faultsOf(
  words: string,
  known: ReadonlySet<string>,
): ('unknown_figure' | 'number_by_hand' | 'open_brace')[] {
  const faults = new Set<'unknown_figure' | 'number_by_hand' | 'open_brace'>();
  for (const part of partsOf(words)) {
    if ('figure' in part) {
      if (!known.has(part.figure)) faults.add('unknown_figure');
      continue;
    }
    if (part.text.includes('{{') || part.text.includes('}}')) faults.add('open_brace');
    for (const [number] of part.text.matchAll(/\d+/g)) if (!year.test(number)) faults.add('number_by_hand');
  }
  return [...faults];
}
