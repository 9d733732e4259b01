// Duty: Serbian words of notices, Latin letters. Same keys as English.
import type { notifications as english } from '../en/notifications.ts';

export const notifications: Record<keyof typeof english, string> = {
  'notifications.event.referral.sent': 'od vas se traži pomoć',
  'notifications.event.referral.accepted': 'prihvaćeno',
  'notifications.event.referral.declined': 'odbijeno',
  'notifications.event.referral.completed': 'pomoć je pružena',
  'notifications.event.referral.unsuccessful': 'pomoć nije mogla da se pruži',
  'notifications.event.referral.rerouted': 'predložena je druga organizacija',
  'notifications.event.referral.recalled': 'opozvano',
  'notifications.event.referral.withdrawn': 'saglasnost je povučena',
  'notifications.event.referral.expired': 'bez odgovora u roku',
  'notifications.event.referral.confirmed': 'pošiljalac je potvrdio',
  'notifications.event.referral.confirmationDue': 'pitajte da li je pomoć stigla',
  'notifications.event.case.assigned': 'vodite ga ili radite na njemu',
  'notifications.event.case.resolvedByPartner': 'partner ga je rešio',
  'notifications.event.case.reopened': 'ponovo otvoren',
  'notifications.event.case.confirmationDue': 'pitajte da li je rešeno',
  'notifications.event.case.stepOverdue': 'sledeći korak kasni',
  'notifications.event.consent.overridden': 'postupljeno bez saglasnosti; molimo pogledajte',
  'notifications.event.escalated': 'niko ga nije pogledao ceo dan',
  'notifications.mail.subject':
    'KOSINT: {count, plural, one {# obaveštenje} few {# obaveštenja} other {# obaveštenja}} za vas',
  'notifications.mail.end': 'U svom nalogu birate o čemu i kada dobijate obaveštenja.',
};
