// Duty: what changed since the release before, figure by figure; says where nothing may be compared.
import type { FrozenRelease } from '../../../shared/summaries.ts';
import { changeText, indicatorName, periodName } from '../../../shared/summaryWords.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import classes from './summaries.module.css';
import { useFigureSpeech } from './useFigureSpeech.ts';

export function Changes({ release }: { release: FrozenRelease }) {
  const { say } = useSpeech();
  const speech = useFigureSpeech();
  const changed = release.indicators.flatMap((indicator) => {
    const words = indicator.formulaChanged ? say('summaries.formulaChanged') : changeText(indicator, speech);
    return words ? [{ key: indicator.key, name: indicatorName(indicator, speech), words }] : [];
  });
  return (
    <section className={classes.changes} aria-labelledby="changes">
      <h2 id="changes">{say('summaries.changed')}</h2>
      {release.previous && <p className={classes.faint}>{periodName(release.previous.period, speech)}</p>}
      {changed.length === 0 ? (
        <p className={classes.faint}>
          {say(release.previous ? 'summaries.before.unknown' : 'summaries.changed.none')}
        </p>
      ) : (
        <dl className={classes.changeList}>
          {changed.map(({ key, name, words }) => (
            <div key={key}>
              <dt>{name}</dt>
              <dd>{words}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
