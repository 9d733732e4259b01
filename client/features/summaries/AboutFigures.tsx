// Duty: how the numbers were made, what is withheld and why: the part that makes the rest worth believing.
import type { FrozenRelease } from '../../../shared/summaries.ts';
import { indicatorName } from '../../../shared/summaryWords.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import classes from './summaries.module.css';
import { useFigureSpeech } from './useFigureSpeech.ts';

export function AboutFigures({ release }: { release: FrozenRelease }) {
  const { say, date, number, language } = useSpeech();
  const speech = useFigureSpeech();
  const { shown, withheld } = release.counts;
  return (
    <>
      <section className={classes.about} aria-labelledby="withheld">
        <h2 id="withheld">{say('summaries.whatWithheld')}</h2>
        <p>
          {say('summaries.whatWithheld.text', {
            smallest: number(release.smallestShown),
            base: number(release.smallestBase),
            withheld: number(withheld),
            all: number(shown + withheld),
          })}
        </p>
        {withheld === 0 && <p>{say('summaries.whatWithheld.none')}</p>}
      </section>
      <section className={classes.about} aria-labelledby="made">
        <h2 id="made">{say('summaries.made')}</h2>
        <p>{say('summaries.made.frozen', { day: date(release.frozenAt) })}</p>
        <p>{say('summaries.made.consent')}</p>
        <dl className={classes.definitions}>
          {release.indicators.map((indicator) => {
            const note = indicator.note[language === 'rom' ? 'sq' : language];
            return (
              <div key={indicator.key}>
                <dt>{indicatorName(indicator, speech)}</dt>
                <dd>
                  {say(`summaries.definition.${indicator.key}`)}{' '}
                  <span className={classes.faint}>
                    {say('summaries.made.formula', { version: indicator.formulaVersion })}
                    {indicator.formulaChanged && ` · ${say('summaries.formulaChanged')}`}
                  </span>
                  {note && (
                    <>
                      <br />
                      <strong>{say('summaries.made.note')}:</strong> {note}
                    </>
                  )}
                </dd>
              </div>
            );
          })}
        </dl>
      </section>
    </>
  );
}
