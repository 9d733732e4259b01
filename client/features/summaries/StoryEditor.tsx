// Duty: write the story in each language with figures put in as tokens; what is typed stays until it is saved.
import { Button, NativeSelect, Textarea } from '@mantine/core';
import { type FormEvent, useRef, useState } from 'react';
import type { ReleaseAnswer } from '../../../shared/releases.ts';
import { figuresOf } from '../../../shared/summaries.ts';
import { type StoryLanguage, storyLanguages } from '../../../shared/summaryLists.ts';
import { cellName, figureText, indicatorName } from '../../../shared/summaryWords.ts';
import { useFormFaults } from '../../lib/faults.ts';
import { useSay } from '../../lib/i18n.tsx';
import { FormError } from '../../ui/FormError.tsx';
import classes from './summaries.module.css';
import { useFigureSpeech } from './useFigureSpeech.ts';
import { useTellStory } from './useFigures.ts';

type Texts = Record<StoryLanguage, string>;

export function StoryEditor({ answer }: { answer: ReleaseAnswer }) {
  const say = useSay();
  const explain = useFormFaults();
  const { data: release } = answer;
  const tell = useTellStory(release.id);
  const [texts, setTexts] = useState<Texts>(
    () => Object.fromEntries(storyLanguages.map((one) => [one, release.story[one] ?? ''])) as Texts,
  );
  const [last, setLast] = useState<StoryLanguage>('sq');
  const fields = useRef<Partial<Record<StoryLanguage, HTMLTextAreaElement | null>>>({});
  const faults = tell.error
    ? explain(
        tell.error,
        storyLanguages.map((one) => `story.${one}`),
      )
    : null;
  const insert = (figure: string) => {
    if (!figure) return;
    const field = fields.current[last];
    const at = field?.selectionStart ?? texts[last].length;
    const token = `{{${figure}}}`;
    setTexts({ ...texts, [last]: texts[last].slice(0, at) + token + texts[last].slice(at) });
    requestAnimationFrame(() => {
      field?.focus();
      field?.setSelectionRange(at + token.length, at + token.length);
    });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const story = Object.fromEntries(Object.entries(texts).filter(([, text]) => text.trim()));
    tell.mutate({ story, version: release.version });
  };
  return (
    <form className={classes.editor} onSubmit={submit} noValidate aria-labelledby="narrate">
      <h2 id="narrate" className={classes.section}>
        {say('figures.narrate')}
      </h2>
      <p className={classes.faint}>{say('figures.narrate.about')}</p>
      <FormError words={faults?.whole ?? null} />
      <FigureSelect answer={answer} onChoose={insert} />
      {storyLanguages.map((language) => (
        <Textarea
          key={language}
          label={say(`language.${language}`)}
          lang={language === 'sr' ? 'sr-Latn' : language}
          value={texts[language]}
          onChange={(event) => setTexts({ ...texts, [language]: event.currentTarget.value })}
          onFocus={() => setLast(language)}
          ref={(field) => {
            fields.current[language] = field;
          }}
          error={faults?.fields[`story.${language}`]}
          autosize
          minRows={4}
        />
      ))}
      <div className={classes.moves}>
        <Button type="submit" loading={tell.isPending}>
          {say('common.save')}
        </Button>
        <span role="status">{tell.isSuccess && say('figures.narrate.saved')}</span>
      </div>
    </form>
  );
}

/** Only what funders are told: a withheld figure in the story would be no figure at all. */
function FigureSelect({ answer, onChoose }: { answer: ReleaseAnswer; onChoose: (figure: string) => void }) {
  const say = useSay();
  const speech = useFigureSpeech();
  const told = answer.data.told;
  const shown = told ? figuresOf(told.funder).filter(({ figure }) => figure.value !== null) : [];
  return (
    <NativeSelect
      label={say('figures.narrate.insert')}
      value=""
      onChange={(event) => onChoose(event.currentTarget.value)}
      data={[
        { value: '', label: '' },
        ...shown.map(({ indicator, table, figure }) => ({
          value: figure.id,
          label: `${indicatorName(indicator, speech)}${
            table && figure.cell ? `: ${cellName(table, figure.cell, speech)}` : ''
          } (${figureText(figure, indicator.unit, speech)})`,
        })),
      ]}
    />
  );
}
