// Duty: one referral in a list: what is asked, by when, why us, and the two next steps. Nothing of the person is in it.
import { Button, Checkbox } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { ReferralMoveName, ReferralSide } from '../../../shared/referralLists.ts';
import type { ReferralRow } from '../../../shared/referrals.ts';
import { paths } from '../../app/paths.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { usePlaceName } from '../../lib/places.ts';
import { ThemeMark } from '../../ui/ThemeMark.tsx';
import { useGlow } from '../../ui/useGlow.ts';
import { ExampleBadge } from '../../ui/words.tsx';
import classes from './referrals.module.css';
import { DueWord, ReferralStatusWord, workerOf } from './words.tsx';

/** What each side does next, from where it stands; the server has the last word. */
function nextMoves(row: ReferralRow, side: ReferralSide): ReferralMoveName[] {
  if (row.kind === 'transfer' && row.status !== 'pending') return [];
  if (side === 'recipient') {
    if (row.status === 'pending') return ['accept', 'decline'];
    if (row.status === 'accepted') return ['begin'];
    if (row.status === 'in_progress') return ['complete', 'fail'];
    return [];
  }
  const isToConfirm = ['completed', 'unsuccessful'].includes(row.status) && row.received === null;
  return isToConfirm ? ['confirm'] : [];
}

interface Props {
  row: ReferralRow;
  side: ReferralSide;
  /** Only said to the recipient, when it is known. */
  whyUs: ReactNode;
  selected: boolean;
  onSelect: ((selected: boolean) => void) | null;
  onMove: (move: ReferralMoveName) => void;
}

export function ReferralCard({ row, side, whyUs, selected, onSelect, onMove }: Props) {
  const { say } = useSpeech();
  const placeName = usePlaceName();
  const glow = useGlow(row.version);
  const worker = workerOf(row);
  return (
    <li className={`${classes.card} ${glow ?? ''}`} data-late={row.late || undefined}>
      <div className={classes.cardTop}>
        <ThemeMark theme={row.theme} iconOnly />
        <div className={classes.cardTitle}>
          <Link to={paths.referral.href(row.id)} className={classes.cardLink} data-referral={row.id}>
            {say(`service.${row.service}`)}
          </Link>
          <span className={classes.faint}>
            <span className={classes.reference}>{row.reference}</span> · {placeName(row.municipality)} ·{' '}
            {say(`subTheme.${row.subTheme}`)}
          </span>
        </div>
        {onSelect && (
          <Checkbox
            checked={selected}
            aria-label={say('referrals.select', { reference: row.reference })}
            onChange={(event) => onSelect(event.currentTarget.checked)}
          />
        )}
      </div>
      <p className={classes.cardFacts}>
        {row.status === 'pending' ? (
          <b>{say(`referrals.urgency.${row.urgency}`)}</b>
        ) : (
          <ReferralStatusWord row={row} />
        )}
        <DueWord row={row} />
        {row.kind === 'transfer' && <span className={classes.pill}>{say('referrals.kind.transfer')}</span>}
        {row.example && <ExampleBadge />}
      </p>
      <p className={classes.faint}>
        {side === 'recipient'
          ? say('referrals.from', { name: row.sender.name || say('common.nobody') })
          : say('referrals.to', { name: row.recipient.name })}
        {worker && ` · ${say('referrals.worker', { name: worker })}`}
      </p>
      {whyUs && <p className={classes.faint}>{whyUs}</p>}
      {nextMoves(row, side).length > 0 && (
        <div className={classes.cardFoot}>
          {nextMoves(row, side).map((move, index) => (
            <Button
              key={move}
              variant={index === 0 ? 'filled' : 'default'}
              onClick={() => onMove(move)}
              aria-label={`${say(`referrals.move.${move}`)}: ${row.reference}`}
            >
              {say(`referrals.move.${move}`)}
            </Button>
          ))}
        </div>
      )}
    </li>
  );
}
