// Duty: the small words of an issue: where it stands, its themes and places, a line of its history. Each one way everywhere.

import { type MunicipalitySlug, municipalitySlugs } from '../../../shared/directoryLists.ts';
import type { Speaker } from '../../../shared/i18n.ts';
import type { IssueStatus } from '../../../shared/issueLists.ts';
import type { IssueEntry } from '../../../shared/issues.ts';
import type { Theme } from '../../../shared/themeLists.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { usePlaceName } from '../../lib/places.ts';
import type { LucideIcon } from '../../ui/icon.tsx';
import { Archive, CircleDashed, CircleDot, GitMerge } from '../../ui/icons.ts';
import { ThemeMark } from '../../ui/ThemeMark.tsx';
import classes from './issues.module.css';

const icons: Record<IssueStatus, LucideIcon> = {
  proposed: CircleDashed,
  open: CircleDot,
  merged: GitMerge,
  closed: Archive,
};

export function IssueStatusWord({ status }: { status: IssueStatus }) {
  const { say } = useSpeech();
  const Icon = icons[status];
  return (
    <span className={classes.status} data-quiet={status === 'closed' || status === 'merged' || undefined}>
      <Icon size={18} aria-hidden />
      {say(`issues.status.${status}`)}
    </span>
  );
}

export function ThemeMarks({ themes }: { themes: readonly Theme[] }) {
  return (
    <span className={classes.marks}>
      {themes.map((theme) => (
        <ThemeMark key={theme} theme={theme} />
      ))}
    </span>
  );
}

/** All seven are said in one word. */
export function usePlacesWords(): (slugs: readonly MunicipalitySlug[]) => string {
  const { say, list } = useSpeech();
  const placeName = usePlaceName();
  return (slugs) =>
    slugs.length === municipalitySlugs.length
      ? say('common.all')
      : list(slugs.map((slug) => placeName(slug)));
}

export const fieldName = ({ say }: Speaker, field: string): string => {
  switch (field) {
    case 'title':
      return say('issues.name');
    case 'statement':
      return say('issues.statement');
    case 'municipalities':
      return say('issues.municipalities');
    case 'subThemes':
      return say('case.subTheme');
    default:
      return say('issues.themes');
  }
};

/** What happened, without who and when. */
export function entryWords(speaker: Speaker, entry: IssueEntry, list: (items: string[]) => string): string {
  const { say } = speaker;
  if (entry.what === 'moved') return entry.move ? say(`issues.history.${entry.move}`) : '';
  return say(`issues.history.${entry.what}`, {
    other: entry.other ?? '',
    fields: list(entry.fields.map((field) => fieldName(speaker, field))),
  });
}
