// Duty: which places of the product this person sees in the menus, in order. How a menu looks is Shell's.

import type { Me, MeAbility } from '../../shared/directory.ts';
import type { MessageKey } from '../../shared/i18n.ts';
import type { LucideIcon } from '../ui/icon.tsx';
import {
  Archive,
  Building2,
  CalendarCheck,
  CalendarClock,
  ChartNoAxesColumn,
  CornerUpRight,
  FolderOpen,
  Handshake,
  Landmark,
  Mail,
  Map as MapIcon,
  Megaphone,
  Network,
  ScrollText,
  Snowflake,
  Users,
} from '../ui/icons.ts';
import { paths } from './paths.ts';

export interface Place {
  word: MessageKey;
  icon: LucideIcon;
  to: string;
  /** Null: for everybody who is signed in. */
  ability: MeAbility | null;
}

const places: Place[] = [
  { word: 'nav.home', icon: CalendarCheck, to: paths.home.href(), ability: null },
  { word: 'nav.cases', icon: FolderOpen, to: paths.cases.href(), ability: 'listCases' },
  { word: 'nav.map', icon: MapIcon, to: paths.map.href(), ability: 'viewMap' },
  { word: 'nav.referrals', icon: CornerUpRight, to: paths.referrals.href(), ability: 'listCases' },
  { word: 'nav.issues', icon: Network, to: paths.issues.href(), ability: 'listCases' },
  { word: 'nav.campaigns', icon: Megaphone, to: paths.campaigns.href(), ability: 'listCases' },
  {
    word: 'nav.institutions',
    icon: Landmark,
    to: paths.institutions.href(),
    ability: 'listCases',
  },
  { word: 'nav.letters', icon: Mail, to: paths.letters.href(), ability: 'listCases' },
  { word: 'nav.commitments', icon: Handshake, to: paths.commitments.href(), ability: 'listCases' },
  { word: 'nav.progress', icon: ChartNoAxesColumn, to: paths.progress.href(), ability: 'viewProgress' },
  { word: 'nav.figures', icon: Snowflake, to: paths.figures.href(), ability: 'makeFigures' },
  { word: 'nav.users', icon: Users, to: paths.users.href(), ability: 'manageUsers' },
  {
    word: 'nav.organisations',
    icon: Building2,
    to: paths.organisations.href(),
    ability: 'manageOrganisations',
  },
  { word: 'nav.readLog', icon: ScrollText, to: paths.readLog.href(), ability: 'readLog' },
  { word: 'nav.retention', icon: Archive, to: paths.retention.href(), ability: 'viewRetention' },
  { word: 'nav.replyRules', icon: CalendarClock, to: paths.replyRules.href(), ability: 'manageUsers' },
];

/** A partner's work begins with what is asked of it, so that stands before the cases it was given; a funder's with progress. */
const first = (me: Me, { to }: Place) =>
  to === paths.home.href() ||
  (me.role === 'cso_member' && to === paths.referrals.href()) ||
  (me.role === 'funder' && to === paths.progress.href());

export function placesFor(me: Me): Place[] {
  const own = places.filter((place) => place.ability === null || me.abilities[place.ability]);
  return [...own.filter((place) => first(me, place)), ...own.filter((place) => !first(me, place))];
}
