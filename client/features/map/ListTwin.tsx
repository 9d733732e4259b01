// Duty: the map as lists: cases by place, and the layers of advocacy by municipality, as far as each lies on the map.

import { lazy, Suspense } from 'react';
import type { AdvocacyPlace } from '../../../shared/mapAdvocacy.ts';
import type { MapView } from '../../../shared/mapViews.ts';
import { useSay } from '../../lib/i18n.tsx';
import { openWords } from '../../lib/words.ts';
import { Layers } from '../../ui/icons.ts';
import { EmptyState, LoadingState } from '../../ui/states.tsx';
import { MapList } from './MapList.tsx';
import classes from './map.module.css';
import { filtersInForce, type MapState } from './mapState.ts';
import type { useMapLook } from './useMapLook.ts';

const AdvocacyList = lazy(async () => {
  const [{ AdvocacyList: List }] = await Promise.all([
    import('./AdvocacyList.tsx'),
    openWords('advocacy', 'campaigns'),
  ]);
  return { default: List };
});

interface Props {
  state: MapState;
  view: MapView | undefined;
  advocacy: readonly AdvocacyPlace[] | undefined;
  look: ReturnType<typeof useMapLook>;
  onChange: (next: Partial<MapState>) => void;
}

export function ListTwin({ state, view, advocacy, look, onChange }: Props) {
  const say = useSay();
  const isFiltered = filtersInForce(state.filter) > 0;
  const hasAdvocacy = advocacy !== undefined && state.layers.some((layer) => layer !== 'cases');
  return (
    <div className={classes.lists}>
      {state.layers.includes('cases') &&
        (!view ? (
          <LoadingState />
        ) : view.total === 0 ? (
          <EmptyState
            icon={Layers}
            title={say(isFiltered ? 'map.empty.filtered' : 'map.empty')}
            text={isFiltered ? undefined : say('map.empty.text')}
          />
        ) : (
          <MapList
            view={view}
            placeName={look.fullName}
            onChoose={(chosen) => onChange({ places: chosen, caseId: null, stuck: [] })}
          />
        ))}
      {hasAdvocacy && (
        <Suspense fallback={<LoadingState />}>
          <AdvocacyList
            places={advocacy}
            layers={state.layers}
            stages={state.stages}
            onChoose={(municipality) => onChange({ stuck: [municipality], places: [], caseId: null })}
          />
        </Suspense>
      )}
    </div>
  );
}
