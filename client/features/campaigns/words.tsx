// Duty: the small words of a campaign: stage, kind of action, how a demand stands, days left. Each one way everywhere.

import type { ActionKind, CampaignStage, DemandStatus } from '../../../shared/campaignLists.ts';
import type { HeadDemand, TimelineKind } from '../../../shared/campaignViews.ts';
import { nameOf } from '../../../shared/format.ts';
import { dayOf } from '../../lib/days.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { usePlaceName } from '../../lib/places.ts';
import type { LucideIcon } from '../../ui/icon.tsx';
import {
  Archive,
  CircleCheck,
  CircleDashed,
  CirclePause,
  CirclePlay,
  CircleX,
  ClockAlert,
  Eye,
  FileSignature,
  Flag,
  Handshake,
  Lightbulb,
  Mail,
  Megaphone,
  MessagesSquare,
  PencilRuler,
  Radio,
  RotateCcw,
} from '../../ui/icons.ts';
import classes from './campaigns.module.css';

export const stageIcons: Record<CampaignStage, LucideIcon> = {
  proposed: Lightbulb,
  planning: PencilRuler,
  active: CirclePlay,
  paused: CirclePause,
  monitoring: Eye,
  closed: Archive,
};

export const kindIcons: Record<ActionKind, LucideIcon> = {
  meeting: Handshake,
  letter: Mail,
  petition: FileSignature,
  public_discussion: MessagesSquare,
  media: Radio,
  protest: Megaphone,
};

export const timelineIcons: Record<Exclude<TimelineKind, 'action'>, LucideIcon> = {
  letter: Mail,
  milestone: Flag,
  demandEnd: ClockAlert,
  review: RotateCcw,
};

const demandIcons: Record<DemandStatus, LucideIcon> = {
  open: CircleDashed,
  adopted: CircleCheck,
  refused: CircleX,
};

export function StageWord({ stage }: { stage: CampaignStage }) {
  const { say } = useSpeech();
  const Icon = stageIcons[stage];
  return (
    <span className={classes.word}>
      <Icon size={18} aria-hidden />
      {say(`campaigns.stage.${stage}`)}
    </span>
  );
}

export function DemandStatusWord({ status }: { status: DemandStatus }) {
  const { say } = useSpeech();
  const Icon = demandIcons[status];
  return (
    <span className={classes.word}>
      <Icon size={18} aria-hidden />
      {say(`campaigns.demand.status.${status}`)}
    </span>
  );
}

/** "to Directorate of Urbanism, Gjakovë". */
export function useTargetName(): (demand: Pick<HeadDemand, 'institution' | 'municipality'>) => string {
  const { language } = useSpeech();
  const placeName = usePlaceName();
  return ({ institution, municipality }) =>
    [nameOf(institution.names, language), ...(municipality ? [placeName(municipality)] : [])].join(', ');
}

const dayMilliseconds = 86_400_000;
const daysUntil = (day: string) =>
  Math.round((Date.parse(day) - Date.parse(dayOf(new Date()))) / dayMilliseconds);

export function DaysLeft({ endsOn }: { endsOn: string }) {
  const { say, date } = useSpeech();
  const days = daysUntil(endsOn);
  return (
    <span className={days < 0 ? classes.late : classes.days} title={date(endsOn)}>
      {days < 0 ? say('campaigns.daysOver', { count: -days }) : say('campaigns.daysLeft', { count: days })}
    </span>
  );
}
