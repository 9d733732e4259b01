// Duty: how many cases, by theme and by municipality, in words; what may not be told says so. Which numbers those are is the server's.

import type { MunicipalitySlug } from '../../../shared/directoryLists.ts';
import type { RetentionCounts } from '../../../shared/retention.ts';
import type { Theme } from '../../../shared/themeLists.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { usePlaceName } from '../../lib/places.ts';
import classes from './retention.module.css';

export function Counts({ counts }: { counts: RetentionCounts }) {
  const { say, number, list } = useSpeech();
  const placeName = usePlaceName();
  const { total, byTheme, byMunicipality } = counts;
  if (total === null) return <p className={classes.counts}>{say('retention.few')}</p>;
  const themes = Object.entries(byTheme ?? {}) as [Theme, number][];
  const places = Object.entries(byMunicipality ?? {}) as [MunicipalitySlug, number][];
  return (
    <div className={classes.counts}>
      <p>{say('retention.count', { count: total })}</p>
      {total > 0 && (
        <>
          <p className={classes.faint}>
            {say('retention.byTheme')}:{' '}
            {byTheme
              ? list(themes.map(([theme, count]) => `${say(`theme.${theme}`)} ${number(count)}`))
              : say('retention.notTold')}
          </p>
          <p className={classes.faint}>
            {say('retention.byMunicipality')}:{' '}
            {byMunicipality
              ? list(places.map(([place, count]) => `${placeName(place)} ${number(count)}`))
              : say('retention.notTold')}
          </p>
        </>
      )}
    </div>
  );
}
