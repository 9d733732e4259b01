// Duty: the frame of the pages that need no account: the name, what this is for, the languages as words. No forms.
import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { languages } from '../../shared/directoryLists.ts';
import { useSpeech } from '../lib/i18n.tsx';
import classes from './doorway.module.css';

interface Props {
  /** Something to read and answer, not a small form. */
  wide?: boolean;
  children: ReactNode;
}

export function Doorway({ wide, children }: Props) {
  const { say, language, speak } = useSpeech();
  return (
    <div className={classes.doorway} data-wide={wide || undefined}>
      <header className={classes.door}>
        <img src="/icon.svg" width={48} height={48} alt="" />
        <div>
          <Text fw={650} size="lg">
            {say('app.name')}
          </Text>
          <Text c="dimmed">{say('app.purpose')}</Text>
        </div>
      </header>
      <main className={classes.doorCard}>{children}</main>
      <nav className={classes.doorLanguages} aria-label={say('language.choose')}>
        {languages.map((one) => (
          <button
            key={one}
            type="button"
            lang={one === 'sr' ? 'sr-Latn' : one}
            aria-pressed={one === language}
            onClick={() => void speak(one)}
          >
            {say(`language.${one}`)}
          </button>
        ))}
      </nav>
    </div>
  );
}
