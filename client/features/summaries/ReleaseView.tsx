// Duty: one frozen release as a printed page: headline, story, map, figures with charts and tables, advocacy, how it was made. Pure of the release.
import { Fragment } from 'react';
import type { FrozenIndicator, FrozenRelease } from '../../../shared/summaries.ts';
import type { IndicatorKey } from '../../../shared/summaryLists.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { ExampleBadge } from '../../ui/words.tsx';
import { AboutFigures } from './AboutFigures.tsx';
import { Campaigns, Commitments } from './Advocacy.tsx';
import { Changes } from './Changes.tsx';
import { Headline } from './Headline.tsx';
import { IndicatorBlock } from './IndicatorBlock.tsx';
import { MunicipalityMap } from './MunicipalityMap.tsx';
import { Story } from './Story.tsx';
import classes from './summaries.module.css';

/** The three that say whether it works; each against its target. */
const headlineKeys: readonly IndicatorKey[] = [
  'cases.confirmed',
  'referrals.inTimeShare',
  'commitments.moved',
];

const sections = [
  { word: 'summaries.section.work', starts: ['cases.', 'people.'] },
  { word: 'summaries.section.referrals', starts: ['referrals.'] },
  { word: 'summaries.section.advocacy', starts: ['letters.', 'commitments.', 'campaigns.'] },
] as const;

const within = (indicators: readonly FrozenIndicator[], starts: readonly string[]) =>
  indicators.filter(({ key }) => starts.some((start) => key.startsWith(start)));

export function ReleaseView({ release }: { release: FrozenRelease }) {
  const { say } = useSpeech();
  return (
    <article className={classes.release}>
      <Standing release={release} />
      <Headline release={release} keys={headlineKeys} />
      <Story release={release} />
      <Changes release={release} />
      <MunicipalityMap release={release} />
      {sections.map(({ word, starts }) => (
        <Fragment key={word}>
          <h2 className={classes.section}>{say(word)}</h2>
          <div className={classes.blocks}>
            {within(release.indicators, starts).map((indicator) => (
              <IndicatorBlock key={indicator.key} indicator={indicator} release={release} />
            ))}
          </div>
        </Fragment>
      ))}
      <Campaigns campaigns={release.campaigns} />
      <Commitments commitments={release.commitments} />
      <AboutFigures release={release} />
    </article>
  );
}

/** When it was made, what it corrects, and what must be known before reading on. */
function Standing({ release }: { release: FrozenRelease }) {
  const { say, date } = useSpeech();
  return (
    <div className={classes.standing}>
      <p>
        {say('summaries.period.range', { from: date(release.period.from), to: date(release.period.to) })}
        {release.publishedAt && ` · ${say('summaries.published', { day: date(release.publishedAt) })}`}
        {` · ${say('summaries.version', { version: release.version })}`}
      </p>
      {release.example && (
        <p>
          <ExampleBadge /> {say('summaries.example')}
        </p>
      )}
      {release.corrects && <p>{say('summaries.corrected', { ...release.corrects })}</p>}
      {release.running && (
        <p className={classes.running}>{say('summaries.running', { day: date(release.countedTo) })}</p>
      )}
    </div>
  );
}
