// Duty: of the campaigns on the map, which stages; all when none is chosen. Loaded with the campaigns' own words.
import { Checkbox } from '@mantine/core';
import { type CampaignStage, campaignStages } from '../../../shared/campaignLists.ts';
import { useSay } from '../../lib/i18n.tsx';
import classes from './advocacy.module.css';
import mapClasses from './map.module.css';

interface Props {
  stages: readonly CampaignStage[];
  onChange: (stages: CampaignStage[]) => void;
}

export function StageChoice({ stages, onChange }: Props) {
  const say = useSay();
  return (
    <fieldset className={classes.within}>
      <legend className={mapClasses.hidden}>{say('advocacy.stages')}</legend>
      {campaignStages
        .filter((stage) => stage !== 'closed')
        .map((stage) => (
          <Checkbox
            key={stage}
            size="sm"
            className={mapClasses.choice}
            checked={stages.includes(stage)}
            onChange={() =>
              onChange(stages.includes(stage) ? stages.filter((one) => one !== stage) : [...stages, stage])
            }
            label={say(`campaigns.stage.${stage}`)}
          />
        ))}
    </fieldset>
  );
}
