// Duty: the register of indicators: what each counts, who answers for it, its targets by period. Formulas are the code's; targets are edited here.
import { Button } from '@mantine/core';
import { useState } from 'react';
import type { IndicatorEntry, Target } from '../../../shared/releases.ts';
import { periodName, valueText } from '../../../shared/summaryWords.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { Pencil, Plus } from '../../ui/icons.ts';
import { ErrorState, LoadingState } from '../../ui/states.tsx';
import { IndicatorDialog } from './IndicatorDialog.tsx';
import classes from './summaries.module.css';
import { TargetDialog } from './TargetDialog.tsx';
import { useFigureSpeech } from './useFigureSpeech.ts';
import { useIndicators } from './useFigures.ts';

type Open =
  | { kind: 'target'; entry: IndicatorEntry; target: Target | null }
  | { kind: 'entry'; entry: IndicatorEntry };

export function IndicatorsPart() {
  const indicators = useIndicators();
  const [open, setOpen] = useState<Open | null>(null);
  if (!indicators.data)
    return indicators.error ? (
      <ErrorState error={indicators.error} onRetry={() => void indicators.refetch()} />
    ) : (
      <LoadingState />
    );
  const close = () => setOpen(null);
  return (
    <>
      <ul className={classes.advocacy}>
        {indicators.data.map((entry) => (
          <li key={entry.key}>
            <Entry entry={entry} onOpen={setOpen} />
          </li>
        ))}
      </ul>
      {open?.kind === 'target' && <TargetDialog entry={open.entry} target={open.target} onClose={close} />}
      {open?.kind === 'entry' && <IndicatorDialog entry={open.entry} onClose={close} />}
    </>
  );
}

function Entry({ entry, onOpen }: { entry: IndicatorEntry; onOpen: (open: Open) => void }) {
  const { say, language } = useSpeech();
  const speech = useFigureSpeech();
  const name = say(`summaries.indicator.${entry.key}`);
  const note = entry.note[language === 'rom' ? 'sq' : language];
  return (
    <>
      <strong>{name}</strong>
      <span>{say(`summaries.definition.${entry.key}`)}</span>
      <span className={classes.faint}>
        {[say('summaries.made.formula', { version: entry.formulaVersion }), entry.owner, note]
          .filter(Boolean)
          .join(' · ')}
      </span>
      <ul className={classes.targets} aria-label={say('figures.indicator.targets')}>
        {entry.targets.length === 0 && (
          <li className={classes.faint}>{say('figures.indicator.targets.none')}</li>
        )}
        {entry.targets.map((target) => (
          <li key={target.id}>
            <Button
              size="compact-md"
              variant="default"
              leftSection={<Pencil size={15} aria-hidden />}
              aria-label={`${say('figures.target.edit')}: ${name}, ${periodName(target.period, speech)}`}
              onClick={() => onOpen({ kind: 'target', entry, target })}
            >
              {periodName(target.period, speech)}: {valueText(target.target, entry.unit, speech)}
            </Button>
          </li>
        ))}
      </ul>
      <div className={classes.moves}>
        <Button
          size="compact-md"
          variant="default"
          leftSection={<Plus size={15} aria-hidden />}
          aria-label={`${say('figures.target.add')}: ${name}`}
          onClick={() => onOpen({ kind: 'target', entry, target: null })}
        >
          {say('figures.target.add')}
        </Button>
        <Button
          size="compact-md"
          variant="subtle"
          aria-label={`${say('figures.indicator.edit')}: ${name}`}
          onClick={() => onOpen({ kind: 'entry', entry })}
        >
          {say('figures.indicator.edit')}
        </Button>
      </div>
    </>
  );
}
