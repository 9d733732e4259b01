// Duty: what people are told: events, choices per event, quiet hours, and the inbox as the API shows it. A reference and a verb, nothing else.
import { z } from 'zod';
import { atMostOneEach, idSchema } from './api.ts';
import { type NotificationEvent, notificationChannels, notificationEvents } from './notificationLists.ts';

export * from './notificationLists.ts';

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'wrong_format');

export const notificationChoices = z.strictObject({
  events: atMostOneEach(notificationEvents, z.enum(notificationChannels)),
  /** No mail between these times of day, in Kosovo; it waits for the end. The page stays live. */
  quiet: z.strictObject({ from: timeOfDay, to: timeOfDay }).nullable(),
});
export type NotificationChoices = z.infer<typeof notificationChoices>;

export const notificationListQuery = z.strictObject({
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(30),
});
export const notificationsRead = z.strictObject({ ids: z.array(idSchema).min(1, 'required').max(100) });

/** A record that is neither a case nor a referral. */
export interface NotificationSubject {
  kind: 'campaign' | 'commitment' | 'issue' | 'letter' | 'release';
  id: string;
}

export interface NotificationRow {
  id: string;
  event: NotificationEvent;
  reference: string;
  /** Where it leads; a partner is led to its referral, never to a case. */
  caseId: string | null;
  referralId: string | null;
  /** What else it leads to. */
  subject: NotificationSubject | null;
  at: string;
  readAt: string | null;
}
/** A page of one's own, newest first. */
export interface NotificationInbox {
  data: NotificationRow[];
  next: string | null;
  total: number;
  unread: number;
}

/** As a browser's `PushSubscription.toJSON()` gives it; the rest of it is left out by the client. */
export const pushSubscribe = z.strictObject({
  endpoint: z.url({ protocol: /^https$/ }).max(1000, 'too_long'),
  keys: z.strictObject({
    p256dh: z.string().regex(/^[\w-]{80,100}=*$/, 'wrong_format'),
    auth: z.string().regex(/^[\w-]{20,30}=*$/, 'wrong_format'),
  }),
});
export type PushSubscribe = z.infer<typeof pushSubscribe>;
export const pushEnd = z.strictObject({ endpoint: z.string().max(1000, 'too_long') });

/** The only hosts that web push goes to: those of the browsers' makers. Anything else would be a door into our own network. */
export const isPushService = (endpoint: string): boolean => {
  const { hostname } = new URL(endpoint);
  return (
    hostname === 'fcm.googleapis.com' ||
    ['.push.services.mozilla.com', '.notify.windows.com', '.push.apple.com'].some((end) =>
      hostname.endsWith(end),
    )
  );
};

/** What a push carries, encrypted for the browser: a reference and a verb. */
export interface PushPayload {
  text: string;
  /** The notice's id: a later push about the same replaces the earlier. */
  tag: string;
}
