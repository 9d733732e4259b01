// Duty: a theme as its one icon, colour and word, the same on list, map and chart. The word is never left out for colour alone.

import type { Theme } from '../../shared/themes.ts';
import { useSay } from '../lib/i18n.tsx';
import type { LucideIcon } from './icon.tsx';
import { BriefcaseBusiness, HeartPulse, House, IdCard } from './icons.ts';
import classes from './marks.module.css';

const themeIcons: Record<Theme, LucideIcon> = {
  employment: BriefcaseBusiness,
  housing: House,
  civil_registration: IdCard,
  covid19: HeartPulse,
};

interface Props {
  theme: Theme;
  /** The icon alone, with the word for screen readers and on hover: only where the word stands nearby or lacks the room. */
  iconOnly?: boolean;
}

export function ThemeMark({ theme, iconOnly = false }: Props) {
  const say = useSay();
  const Icon = themeIcons[theme];
  const word = say(`theme.${theme}`);
  return (
    <span className={classes.theme} data-theme={theme} title={iconOnly ? word : undefined}>
      <span className={classes.badge}>
        <Icon size={18} aria-hidden />
      </span>
      {iconOnly ? <span className={classes.hidden}>{word}</span> : <span>{word}</span>}
    </span>
  );
}
