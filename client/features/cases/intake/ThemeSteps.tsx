// Duty: the first two questions of logging: what kind, and about what; each choice is one large button with an example.

import { useEffect, useRef } from 'react';
import { caseKinds } from '../../../../shared/caseLists.ts';
import { type SubTheme, subThemes, type Theme, themes } from '../../../../shared/themeLists.ts';
import { useSay } from '../../../lib/i18n.tsx';
import { User, Users } from '../../../ui/icons.ts';
import { ThemeMark } from '../../../ui/ThemeMark.tsx';
import type { Draft } from './drafts.ts';
import classes from './intake.module.css';
import type { DraftChange } from './useDraft.ts';

export interface StepProps {
  draft: Draft;
  change: (part: DraftChange) => void;
  /** What the server refused, by field. */
  faults: Record<string, string>;
  /** The field that keeps this step from being complete, once the person tried to go on. */
  missing: string | null;
}

export function KindStep({ draft, change, onAnswered }: StepProps & { onAnswered: () => void }) {
  const say = useSay();
  return (
    <div className={classes.choices}>
      {caseKinds.map((kind) => {
        const Icon = kind === 'group' ? Users : User;
        return (
          <button
            key={kind}
            type="button"
            className={classes.choice}
            aria-pressed={draft.fields.kind === kind}
            onClick={() => {
              change({ fields: { kind } });
              onAnswered();
            }}
          >
            <span className={classes.choiceIcon}>
              <Icon size={26} aria-hidden />
            </span>
            <span>
              <b>{say(`case.kind.${kind}`)}</b>
              <span className={classes.example}>{say(`case.kind.${kind}.example`)}</span>
            </span>
          </button>
        );
      })}
    </div>
  );
}

export function ThemeStep({ draft, change, onAnswered }: StepProps & { onAnswered: () => void }) {
  const say = useSay();
  const { theme, subTheme } = draft.fields;
  const chosen = useRef<HTMLDivElement>(null);
  const choose = (next: Theme) => {
    if (next !== theme) change({ fields: { theme: next, subTheme: undefined } });
  };
  useEffect(() => {
    if (theme) chosen.current?.scrollIntoView({ block: 'nearest' });
  }, [theme]);
  return (
    <div className={classes.choices}>
      {themes.map((one) => (
        <div key={one} ref={one === theme ? chosen : undefined}>
          <button
            type="button"
            className={classes.choice}
            aria-expanded={one === theme}
            onClick={() => choose(one)}
          >
            <ThemeMark theme={one} />
          </button>
          {one === theme && (
            <fieldset className={classes.subChoices}>
              <legend className={classes.subLegend}>{say('case.log.subTheme')}</legend>
              {(subThemes[one] as readonly SubTheme[]).map((sub) => (
                <button
                  key={sub}
                  type="button"
                  className={classes.choice}
                  aria-pressed={sub === subTheme}
                  onClick={() => {
                    change({ fields: { subTheme: sub } });
                    onAnswered();
                  }}
                >
                  <span>
                    <b>{say(`subTheme.${sub}`)}</b>
                    <span className={classes.example}>{say(`subTheme.${sub}.example`)}</span>
                  </span>
                </button>
              ))}
            </fieldset>
          )}
        </div>
      ))}
    </div>
  );
}
