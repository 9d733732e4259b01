// Duty: what stands beside the map: a case, the cases of a spot, or what is stuck in a municipality. One at a time; the page knows which.
import { type ComponentType, lazy, Suspense } from 'react';
import type { AdvocacyPlace } from '../../../shared/mapAdvocacy.ts';
import { openWords } from '../../lib/words.ts';
import { LoadingState } from '../../ui/states.tsx';
import classes from './map.module.css';
import type { MapState } from './mapState.ts';
import { BackToPlace, PlaceCases } from './PlaceCases.tsx';
import type { useMapLook } from './useMapLook.ts';

const StuckPanel = lazy(async () => {
  const [{ StuckPanel: Panel }] = await Promise.all([
    import('./StuckPanel.tsx'),
    openWords('advocacy', 'campaigns', 'commitments', 'institutions'),
  ]);
  return { default: Panel };
});

interface Props {
  CaseBeside: ComponentType<{ id: string; onClose: () => void }>;
  state: MapState;
  look: ReturnType<typeof useMapLook>;
  advocacy: readonly AdvocacyPlace[] | undefined;
  onChange: (next: Partial<MapState>) => void;
  onClosePlaces: () => void;
  onCloseStuck: () => void;
  /** Nothing to go closer to, in the list. */
  onCloser: (() => void) | null;
}

export function MapSide(props: Props) {
  const { CaseBeside, state, look, advocacy, onChange, onClosePlaces, onCloseStuck, onCloser } = props;
  const { caseId, places, filter, stuck } = state;
  if (caseId)
    return (
      <div className={classes.beside}>
        {places.length > 0 && <BackToPlace onBack={() => onChange({ caseId: null })} />}
        <Suspense fallback={<LoadingState />}>
          <CaseBeside id={caseId} onClose={() => onChange({ caseId: null })} />
        </Suspense>
      </div>
    );
  if (places.length > 0)
    return (
      <PlaceCases
        title={look.titleOf(places)}
        places={places}
        filter={filter}
        listQuery={look.listQueryOf(places)}
        openCase={caseId}
        onOpen={(id) => onChange({ caseId: id })}
        onClose={onClosePlaces}
        onCloser={onCloser}
      />
    );
  if (!advocacy) return <LoadingState />;
  return (
    <Suspense fallback={<LoadingState />}>
      <StuckPanel
        places={advocacy}
        chosen={stuck}
        onChoose={(municipality) => onChange({ stuck: [municipality] })}
        onClose={onCloseStuck}
        onCloser={onCloser}
      />
    </Suspense>
  );
}
