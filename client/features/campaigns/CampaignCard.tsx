// Duty: one campaign on the board: the demand in one sentence, to whom, days left, what is next, and the moves that I may make.
import { Button, Menu } from '@mantine/core';
import { Link } from 'react-router';
import { type CampaignMoveName, campaignMoveNames, campaignMoves } from '../../../shared/campaignMoves.ts';
import type { CampaignRow } from '../../../shared/campaignViews.ts';
import { paths } from '../../app/paths.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { usePlaceName } from '../../lib/places.ts';
import { ChevronDown } from '../../ui/icons.ts';
import { ThemeMark } from '../../ui/ThemeMark.tsx';
import { useGlow } from '../../ui/useGlow.ts';
import { ExampleBadge, RelativeTime } from '../../ui/words.tsx';
import classes from './campaigns.module.css';
import { DaysLeft, useTargetName } from './words.tsx';

interface Props {
  row: CampaignRow;
  /** Null: the viewer moves nothing. */
  onMove: ((move: CampaignMoveName) => void) | null;
}

export function CampaignCard({ row, onMove }: Props) {
  const { say, list } = useSpeech();
  const placeName = usePlaceName();
  const targetName = useTargetName();
  const glow = useGlow(row.version);
  const moves = campaignMoveNames.filter((move) => campaignMoves[move].from.includes(row.stage));
  return (
    <li className={`${classes.card} ${glow ?? ''}`} data-late={row.late || undefined}>
      <div className={classes.cardTop}>
        <ThemeMark theme={row.theme} iconOnly />
        <Link to={paths.campaign.href(row.id)} className={classes.cardLink} data-campaign={row.id}>
          {row.title}
        </Link>
      </div>
      {row.demand && (
        <p>
          {row.demand.text}
          <span className={classes.under}>
            {say('campaigns.demand.to', { name: targetName(row.demand) })}
          </span>
        </p>
      )}
      <p className={classes.facts}>
        <span className={classes.reference}>{row.reference}</span>
        {row.municipalities.length > 0 && (
          <span>{list(row.municipalities.map((slug) => placeName(slug)))}</span>
        )}
        {row.result && <b>{say(`campaigns.result.${row.result}`)}</b>}
        {row.stage === 'active' && row.demand?.endsOn && <DaysLeft endsOn={row.demand.endsOn} />}
        {row.nextOn && row.stage !== 'closed' && (
          <span className={row.late ? classes.late : undefined}>
            {say('campaigns.next')} <RelativeTime when={row.nextOn} />
          </span>
        )}
        {row.example && <ExampleBadge />}
      </p>
      {onMove && moves.length > 0 && (
        <Menu position="bottom-start">
          <Menu.Target>
            <Button
              variant="default"
              size="compact-md"
              rightSection={<ChevronDown size={16} aria-hidden />}
              aria-label={say('campaigns.move.of', { reference: row.reference })}
            >
              {say('campaigns.move')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {moves.map((move) => (
              <Menu.Item key={move} onClick={() => onMove(move)}>
                {say(`campaigns.move.${move}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </li>
  );
}
