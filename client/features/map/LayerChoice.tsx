// Duty: which layers lie on the map, each switched on its own; of campaigns, which stages. The address holds the choices.
import { Checkbox } from '@mantine/core';
import { lazy, Suspense } from 'react';
import type { CampaignStage } from '../../../shared/campaignLists.ts';
import { type AdvocacyPlace, advocacyLayers } from '../../../shared/mapAdvocacy.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { openWords } from '../../lib/words.ts';
import classes from './advocacy.module.css';
import { layerIcons } from './advocacyIcons.ts';
import { countIn } from './advocacyMarks.ts';
import mapClasses from './map.module.css';
import type { MapLayer, MapState } from './mapState.ts';

const StageChoice = lazy(async () => {
  const [{ StageChoice: Choice }] = await Promise.all([
    import('./StageChoice.tsx'),
    openWords('campaigns', 'advocacy'),
  ]);
  return { default: Choice };
});

interface Props extends Pick<MapState, 'layers' | 'stages'> {
  places: readonly AdvocacyPlace[] | undefined;
  onChange: (next: Partial<Pick<MapState, 'layers' | 'stages'>>) => void;
}

export function LayerChoice({ layers, stages, places, onChange }: Props) {
  const { say, number } = useSpeech();
  const toggle = (layer: MapLayer) =>
    onChange({
      layers: layers.includes(layer) ? layers.filter((one) => one !== layer) : [...layers, layer],
      ...(layer === 'campaigns' && layers.includes(layer) ? { stages: [] } : {}),
    });
  const box = (layer: MapLayer, count: number | null) => {
    const Icon = layer === 'cases' ? null : layerIcons[layer];
    return (
      <Checkbox
        key={layer}
        size="sm"
        classNames={{
          root: mapClasses.choice,
          body: mapClasses.choiceBody,
          labelWrapper: mapClasses.choiceLabel,
          label: mapClasses.choiceWords,
        }}
        checked={layers.includes(layer)}
        onChange={() => toggle(layer)}
        label={
          <>
            <span className={classes.layerName}>
              {Icon && <Icon size={18} aria-hidden />}
              {say(`map.layer.${layer}`)}
            </span>
            <span className={mapClasses.count}>{count === null ? '' : number(count)}</span>
          </>
        }
      />
    );
  };
  const counted = (layer: (typeof advocacyLayers)[number], of: readonly CampaignStage[]) =>
    places ? places.reduce((sum, place) => sum + countIn(place, layer, of), 0) : null;
  return (
    <form className={classes.layers} onSubmit={(event) => event.preventDefault()}>
      <fieldset>
        <legend>{say('map.layers')}</legend>
        {box('cases', null)}
        {advocacyLayers.map((layer) => (
          <div key={layer}>
            {box(layer, layer === 'campaigns' || layer === 'issues' ? null : counted(layer, []))}
            {layer === 'campaigns' && layers.includes(layer) && (
              <Suspense fallback={null}>
                <StageChoice stages={stages} onChange={(next) => onChange({ stages: next })} />
              </Suspense>
            )}
          </div>
        ))}
      </fieldset>
    </form>
  );
}
