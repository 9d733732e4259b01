// Duty: the way of a campaign as five steps: which are behind it and where it stands. A pause rests on the third.

import { type CampaignStage, stageSteps, stepOf } from '../../../shared/campaignLists.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { Check } from '../../ui/icons.ts';
import classes from './campaigns.module.css';
import { stageIcons } from './words.tsx';

export function StageSteps({ stage }: { stage: CampaignStage }) {
  const { say } = useSpeech();
  const here = stageSteps.indexOf(stepOf(stage));
  return (
    <ol className={classes.steps} aria-label={say('campaigns.stage')}>
      {stageSteps.map((step, index) => {
        const isHere = index === here;
        const shown: CampaignStage = isHere ? stage : step;
        const Icon = index < here ? Check : stageIcons[shown];
        return (
          <li
            key={step}
            className={classes.step}
            data-at={isHere ? 'here' : index < here ? 'behind' : 'ahead'}
            aria-current={isHere ? 'step' : undefined}
          >
            <span className={classes.stepMark}>
              <Icon size={18} aria-hidden />
            </span>
            <span className={classes.stepWord}>{say(`campaigns.stage.${shown}`)}</span>
          </li>
        );
      })}
    </ol>
  );
}
