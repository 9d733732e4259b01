// Duty: a line of My week that is no case: a letter, a promise, a campaign, an issue, a referral, a setting.

import { Link } from 'react-router';
import { nameOf } from '../../../shared/format.ts';
import type { WeekItem, WeekPlace } from '../../../shared/week.ts';
import { paths } from '../../app/paths.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import type { LucideIcon } from '../../ui/icon.tsx';
import {
  ChartNoAxesColumn,
  Clock,
  ClockAlert,
  CornerUpRight,
  Handshake,
  Mail,
  Megaphone,
  Network,
  Scale,
  Users,
} from '../../ui/icons.ts';
import { RelativeTime } from '../../ui/words.tsx';
import classes from './home.module.css';

const icons: Record<WeekPlace, LucideIcon> = {
  referral: CornerUpRight,
  letter: Mail,
  campaign: Megaphone,
  commitment: Handshake,
  issue: Network,
  users: Users,
  replyRules: Scale,
  progress: ChartNoAxesColumn,
};

const hrefOf = ({ place, id }: WeekItem): string =>
  place === 'users' || place === 'replyRules' || place === 'progress'
    ? paths[place].href()
    : paths[place].href(id ?? '');

export function ItemLine({ item }: { item: WeekItem }) {
  const { say, language } = useSpeech();
  const Icon = icons[item.place];
  const title = item.title && (typeof item.title === 'string' ? item.title : nameOf(item.title, language));
  const verb = say(`home.item.${item.verb}`, { count: item.count ?? 0 });
  return (
    <li className={classes.row}>
      <span className={classes.mark}>
        <Icon size={18} aria-hidden />
      </span>
      <span className={classes.words}>
        <Link to={hrefOf(item)} className={classes.itemLink}>
          {item.reference && <b>{item.reference}</b>} {title ?? verb}
        </Link>
        <span className={classes.faint}>
          {title && <span>{verb}</span>}
          {item.institution && <span>{nameOf(item.institution, language)}</span>}
        </span>
      </span>
      <span className={classes.aside}>
        <When item={item} />
      </span>
    </li>
  );
}

function When({ item: { due, late, at } }: { item: WeekItem }) {
  const { say } = useSpeech();
  if (due)
    return (
      <span className={late ? classes.late : undefined}>
        {late ? (
          <>
            <ClockAlert size={16} aria-hidden /> {say('case.late')}:{' '}
          </>
        ) : (
          <>
            <Clock size={16} aria-hidden />{' '}
          </>
        )}
        <RelativeTime when={due} />
      </span>
    );
  return at && <RelativeTime when={at} />;
}
