// Duty: Albanian words of notices. Same keys as English.
import type { notifications as english } from '../en/notifications.ts';

export const notifications: Record<keyof typeof english, string> = {
  'notifications.event.referral.sent': 'ju kërkohet ndihmë',
  'notifications.event.referral.accepted': 'u pranua',
  'notifications.event.referral.declined': 'u refuzua',
  'notifications.event.referral.completed': 'ndihma u dha',
  'notifications.event.referral.unsuccessful': 'ndihma nuk mundi të jepet',
  'notifications.event.referral.rerouted': 'propozohet një organizatë tjetër',
  'notifications.event.referral.recalled': 'u tërhoq',
  'notifications.event.referral.withdrawn': 'pëlqimi u tërhoq',
  'notifications.event.referral.expired': 'pa përgjigje në afat',
  'notifications.event.referral.confirmed': 'dërguesi e konfirmoi',
  'notifications.event.referral.confirmationDue': 'pyetni nëse ndihma mbërriti',
  'notifications.event.case.assigned': 'ju e bartni ose punoni në të',
  'notifications.event.case.resolvedByPartner': 'një partner e zgjidhi',
  'notifications.event.case.reopened': 'u rihap',
  'notifications.event.case.confirmationDue': 'pyetni nëse është zgjidhur',
  'notifications.event.case.stepOverdue': 'hapi i radhës është me vonesë',
  'notifications.event.consent.overridden': 'u veprua pa pëlqim; ju lutemi shikoni',
  'notifications.event.escalated': 'askush nuk e ka parë prej një dite',
  'notifications.mail.subject': 'KOSINT: {count, plural, one {# njoftim} other {# njoftime}} për ju',
  'notifications.mail.end': 'Zgjidhni te llogaria juaj për çka njoftoheni dhe kur.',
};
