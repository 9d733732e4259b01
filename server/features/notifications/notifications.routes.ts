// Duty: the doors to one's own notices and choices.
import {
  notificationChoices,
  notificationListQuery,
  notificationPaths,
  notificationsRead,
  pushEnd,
  pushSubscribe,
} from '../../../shared/notifications.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { choose, ownChoices } from './choices.commands.ts';
import { markRead } from './notifications.commands.ts';
import { notificationsFor } from './notifications.queries.ts';
import { endPush, pushKey, subscribeToPush } from './push.commands.ts';

export const notificationRoutes = (): Endpoint[] => [
  endpoint({
    method: 'get',
    path: notificationPaths.inbox,
    summary: 'One’s own notices, newest first, with how many are unread.',
    query: notificationListQuery,
    handle: ({ viewer, query }) => notificationsFor(viewer, query),
  }),
  endpoint({
    method: 'post',
    path: notificationPaths.read,
    summary: 'Mark notices as read.',
    body: notificationsRead,
    handle: ({ viewer, body }) => markRead(viewer, body.ids),
  }),
  endpoint({
    method: 'post',
    path: notificationPaths.readAll,
    summary: 'Mark every notice as read.',
    handle: ({ viewer }) => markRead(viewer, null),
  }),
  endpoint({
    method: 'get',
    path: notificationPaths.choices,
    summary: 'What one is told, how, and not when.',
    handle: async ({ viewer }) => ({ data: await ownChoices(viewer.id) }),
  }),
  endpoint({
    method: 'put',
    path: notificationPaths.choices,
    summary: 'Choose what one is told, how, and not when.',
    body: notificationChoices,
    handle: async ({ viewer, body }) => ({ data: await choose(viewer.id, body) }),
  }),
  endpoint({
    method: 'get',
    path: notificationPaths.pushKey,
    summary: 'The key a browser needs to let this server push to it.',
    handle: async () => ({ data: { publicKey: await pushKey() } }),
  }),
  endpoint({
    method: 'post',
    path: notificationPaths.pushSubscriptions,
    summary: 'Let this server push to a browser: references and verbs alone.',
    body: pushSubscribe,
    handle: ({ viewer, body }) => subscribeToPush(viewer, body),
  }),
  endpoint({
    method: 'post',
    path: notificationPaths.pushEnd,
    summary: 'Push to that browser no more.',
    body: pushEnd,
    handle: ({ viewer, body }) => endPush(viewer, body.endpoint),
  }),
];
