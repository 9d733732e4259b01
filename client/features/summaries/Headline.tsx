// Duty: three large figures against their targets, with what to know before trusting them. Which three is the page's choice.
import type { FrozenIndicator, FrozenRelease } from '../../../shared/summaries.ts';
import type { IndicatorKey } from '../../../shared/summaryLists.ts';
import { changeText, figureText, indicatorName, targetText } from '../../../shared/summaryWords.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import classes from './summaries.module.css';
import { useFigureSpeech } from './useFigureSpeech.ts';

export function Headline({ release, keys }: { release: FrozenRelease; keys: readonly IndicatorKey[] }) {
  const { say } = useSpeech();
  const shown = keys.flatMap((key) => release.indicators.find((one) => one.key === key) ?? []);
  return (
    <section aria-label={say('summaries.headline')}>
      <ul className={classes.headline}>
        {shown.map((indicator) => (
          <li key={indicator.key}>
            <Large indicator={indicator} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Large({ indicator }: { indicator: FrozenIndicator }) {
  const speech = useFigureSpeech();
  const { language } = useSpeech();
  const { figure, unit } = indicator;
  const change = changeText(indicator, speech);
  const note = indicator.note[language === 'rom' ? 'sq' : language];
  return (
    <>
      <p className={classes.large} data-withheld={figure.value === null || undefined}>
        {figureText(figure, unit, speech)}
      </p>
      <p className={classes.largeName}>{indicatorName(indicator, speech)}</p>
      <TargetBar indicator={indicator} />
      {figure.withheld && (
        <p className={classes.faint}>{speech.say(`summaries.withheld.${figure.withheld}`)}</p>
      )}
      {change && <p className={classes.faint}>{change}</p>}
      {note && <p className={classes.faint}>{note}</p>}
    </>
  );
}

/** Target in words, and as a bar where more is better and the figure is shown. */
export function TargetBar({ indicator }: { indicator: FrozenIndicator }) {
  const speech = useFigureSpeech();
  const { target } = indicator;
  const words = targetText(indicator, speech) ?? speech.say('summaries.target.none');
  const percent = target && !target.lessIsBetter ? target.reachedPercent : null;
  return (
    <div className={classes.target}>
      {percent !== null && (
        <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true" className={classes.targetBar}>
          <rect width="100" height="6" rx="1" className={classes.targetWhole} />
          <rect
            width={Math.min(100, Math.max(0, percent))}
            height="6"
            rx="1"
            className={classes.targetDone}
          />
        </svg>
      )}
      <span>{words}</span>
    </div>
  );
}
