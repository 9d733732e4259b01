// Duty: on the home page, above My week: the referrals that this person's side owes something, by the day it is due. Few, with the way to all.
import { useId } from 'react';
import { Link } from 'react-router';
import type { ReferralGroup } from '../../../shared/referralLists.ts';
import { paths } from '../../app/paths.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { usePlaceName } from '../../lib/places.ts';
import { useMe } from '../../lib/session.tsx';
import { ThemeMark } from '../../ui/ThemeMark.tsx';
import { ExampleBadge } from '../../ui/words.tsx';
import classes from './referrals.module.css';
import { useInbox, useLiveReferrals } from './useReferrals.ts';
import { DueWord } from './words.tsx';

const short = 5;

/** A partner answers; a team asks the person whether it came. */
export function HomeReferrals() {
  const { say, number } = useSpeech();
  const me = useMe();
  const placeName = usePlaceName();
  const id = useId();
  const isPartner = me.role === 'cso_member';
  const group: ReferralGroup = isPartner ? 'to_answer' : 'to_confirm';
  const { data } = useInbox(group, { limit: short });
  useLiveReferrals();
  const page = data?.pages[0];
  if (!page || (page.total === 0 && !isPartner)) return null;
  return (
    <section className={classes.homeBox} aria-labelledby={id}>
      <h2 id={id} className={classes.homeTitle}>
        {say(isPartner ? 'referrals.home.partner' : 'referrals.home.sender')}{' '}
        {page.total > 0 && <span className={classes.count}>{number(page.total)}</span>}
      </h2>
      {page.total === 0 ? (
        <p className={classes.faint}>{say('referrals.home.none')}</p>
      ) : (
        <ul className={classes.homeRows}>
          {page.data.slice(0, short).map((row) => (
            <li key={row.id} className={classes.homeRow}>
              <ThemeMark theme={row.theme} iconOnly />
              <span>
                <Link to={paths.referral.href(row.id)} className={classes.textLink}>
                  <span className={classes.reference}>{row.reference}</span> {say(`service.${row.service}`)}
                </Link>
                <span className={classes.under}>
                  {isPartner ? placeName(row.municipality) : row.recipient.name}{' '}
                  {row.example && <ExampleBadge />}
                </span>
              </span>
              <DueWord row={row} />
            </li>
          ))}
        </ul>
      )}
      {page.total > short && (
        <Link to={paths.referrals.href()} className={classes.textLink}>
          {say('home.all', { count: page.total })}
        </Link>
      )}
    </section>
  );
}
