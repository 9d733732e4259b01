// Duty: the events people are told of, the ways to be told, and where the API of notices is; plain data. Re-exported by notifications.ts.
import type { Role } from './directoryLists.ts';

export const notificationEvents = [
  'referral.sent',
  'referral.accepted',
  'referral.declined',
  'referral.completed',
  'referral.unsuccessful',
  'referral.rerouted',
  'referral.recalled',
  'referral.withdrawn',
  'referral.expired',
  'referral.confirmed',
  'referral.confirmationDue',
  'case.assigned',
  'case.resolvedByPartner',
  'case.reopened',
  'case.confirmationDue',
  'case.stepOverdue',
  'case.waitOver',
  'case.holdEnded',
  'consent.overridden',
  'letter.dueSoon',
  'letter.silent',
  'letter.answered',
  'commitment.proposed',
  'commitment.approved',
  'commitment.declined',
  'commitment.overdue',
  'commitment.checkDue',
  'commitment.stale',
  'issue.proposed',
  'issue.accepted',
  'issue.declined',
  'campaign.joined',
  'campaign.moved',
  'campaign.milestoneDue',
  'campaign.demandOver',
  'campaign.reviewDue',
  'campaign.caseEnded',
  'release.counted',
  'release.failed',
  'release.published',
  /** Somebody was told of something late and nobody opened it for a day. */
  'escalated',
] as const;
export type NotificationEvent = (typeof notificationEvents)[number];

/** When nobody has opened one of these after so many hours, the team lead is told. */
export const escalatingEvents: readonly NotificationEvent[] = [
  'referral.sent',
  'referral.expired',
  'referral.confirmationDue',
  'case.confirmationDue',
  'case.stepOverdue',
  'case.waitOver',
  'letter.silent',
];
export const escalateAfterHours = 24;

/** In the page; there and by mail at once; there and in the morning's digest; not at all. */
export const notificationChannels = ['page', 'mail', 'digest', 'off'] as const;
export type NotificationChannel = (typeof notificationChannels)[number];
export const usualChannel: NotificationChannel = 'page';
/** Kosovo time. */
export const digestHour = 8;

const toPartners: readonly NotificationEvent[] = [
  'referral.sent',
  'referral.recalled',
  'referral.withdrawn',
  'referral.confirmed',
];
const toBoth: readonly NotificationEvent[] = [
  'case.assigned',
  'case.reopened',
  'case.stepOverdue',
  'case.waitOver',
  'case.confirmationDue',
];

/** To whoever brought a promise, and to those whose campaigns it is in. */
const toFollowers: readonly NotificationEvent[] = [
  'commitment.approved',
  'commitment.declined',
  'commitment.overdue',
  'campaign.joined',
  'campaign.moved',
  'campaign.milestoneDue',
  'campaign.demandOver',
];
const toCoordinators: readonly NotificationEvent[] = [
  'commitment.proposed',
  'commitment.stale',
  'issue.proposed',
  'campaign.reviewDue',
  'campaign.caseEnded',
  'release.counted',
  'release.failed',
];
/** Of those who verify. */
const toCheckers: readonly NotificationEvent[] = ['commitment.checkDue'];
/** To team leads and coordinators. */
const toLeaders: readonly NotificationEvent[] = ['escalated', 'case.holdEnded'];
/** Of what is out, which coordinators read too. */
const toFunders: readonly NotificationEvent[] = ['release.published'];

const ofTeams = (event: NotificationEvent): boolean =>
  ![...toPartners, ...toCoordinators, ...toCheckers, ...toFunders].includes(event);

/** What somebody of that role can be told at all, so that nobody chooses about what never comes. */
export function eventsOf(role: Role): readonly NotificationEvent[] {
  switch (role) {
    case 'cso_member':
      return [...toPartners, ...toBoth, ...toFollowers, ...toCheckers];
    case 'activist':
      return notificationEvents.filter((event) => ofTeams(event) && !toLeaders.includes(event));
    case 'team_lead':
      return notificationEvents.filter(ofTeams);
    case 'coordinator':
      return notificationEvents.filter((event) => !toPartners.includes(event));
    case 'funder':
      return toFunders;
    default:
      return [];
  }
}

export const notificationPaths = {
  /** GET: notificationListQuery → NotificationInbox. */
  inbox: '/api/notifications',
  /** POST: notificationsRead → 204. */
  read: '/api/notifications/read',
  /** POST → 204. */
  readAll: '/api/notifications/read-all',
  /** GET → { data: NotificationChoices }. PUT: notificationChoices → the same. */
  choices: '/api/notification-choices',
  /** GET → { data: { publicKey } }, for `pushManager.subscribe`. */
  pushKey: '/api/push-key',
  /** POST: pushSubscribe → 204. */
  pushSubscriptions: '/api/push-subscriptions',
  /** POST: pushEnd → 204; call it before signing out on a device. */
  pushEnd: '/api/push-subscriptions/end',
} as const;
