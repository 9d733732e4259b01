// Duty: the layers of advocacy as a table, municipality by municipality: the same numbers as the marks on the map.
import { Button, Table } from '@mantine/core';
import { type CampaignStage, campaignStages } from '../../../shared/campaignLists.ts';
import { type AdvocacyLayer, type AdvocacyPlace, advocacyLayers } from '../../../shared/mapAdvocacy.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { usePlaceName } from '../../lib/places.ts';
import classes from './advocacy.module.css';
import { layerIcons } from './advocacyIcons.ts';
import { countIn } from './advocacyMarks.ts';
import mapClasses from './map.module.css';
import type { MapState } from './mapState.ts';
import { central } from './StuckPanel.tsx';

interface Props extends Pick<MapState, 'layers' | 'stages'> {
  places: readonly AdvocacyPlace[];
  onChoose: (municipality: string) => void;
}

export function AdvocacyList({ places, layers, stages, onChoose }: Props) {
  const { say, number, compare } = useSpeech();
  const placeName = usePlaceName();
  const shown = advocacyLayers.filter((layer) => layers.includes(layer));
  if (shown.length === 0) return null;
  const nameOf = ({ municipality }: AdvocacyPlace) =>
    municipality ? placeName(municipality) : say('advocacy.central');
  const rows = places.toSorted(
    (a, b) =>
      Number(a.municipality === null) - Number(b.municipality === null) || compare(nameOf(a), nameOf(b)),
  );
  return (
    <div className={classes.list}>
      <Table.ScrollContainer minWidth={296} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
        <Table verticalSpacing="xs" highlightOnHover>
          <caption className={classes.caption}>{say('advocacy.list.caption')}</caption>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{say('map.list.place')}</Table.Th>
              {shown.map((layer) => (
                <Table.Th key={layer} scope="col" className={classes.number}>
                  <Title layer={layer} />
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((place) => (
              <Table.Tr key={place.municipality ?? central} data-advocacy={place.municipality ?? central}>
                <Table.Th scope="row">
                  <Button
                    variant="subtle"
                    size="sm"
                    px={4}
                    className={mapClasses.place}
                    onClick={() => onChoose(place.municipality ?? central)}
                  >
                    {nameOf(place)}
                  </Button>
                </Table.Th>
                {shown.map((layer) => (
                  <Table.Td key={layer} className={classes.number}>
                    <Cell place={place} layer={layer} stages={stages} />
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </div>
  );

  function Title({ layer }: { layer: AdvocacyLayer }) {
    const Icon = layerIcons[layer];
    return (
      <span className={classes.column} title={say(`map.layer.${layer}`)}>
        <Icon size={18} aria-hidden />
        <span className={classes.columnWords}>{say(`map.layer.${layer}`)}</span>
      </span>
    );
  }

  function Cell({ place, layer, stages: of }: CellProps) {
    const count = countIn(place, layer, of);
    if (count === 0) return <span className={mapClasses.zero}>–</span>;
    const { broken } = place.commitments;
    const { byStage } = place.campaigns;
    const stagesHere = campaignStages.filter(
      (stage) => byStage[stage] && (of.length === 0 || of.includes(stage)),
    );
    return (
      <>
        {number(count)}
        {layer === 'commitments' && broken > 0 && (
          <span className={classes.stages}>
            {say('map.mark.broken', { count: broken, number: number(broken) })}
          </span>
        )}
        {layer === 'campaigns' && (
          <span className={`${classes.stages} ${classes.wide}`}>
            {stagesHere
              .map((stage) => `${say(`campaigns.stage.${stage}`)} ${number(byStage[stage] ?? 0)}`)
              .join(', ')}
          </span>
        )}
      </>
    );
  }
}

interface CellProps {
  place: AdvocacyPlace;
  layer: AdvocacyLayer;
  stages: readonly CampaignStage[];
}
