// Duty: what a person chose to be told, how, and not when; and when a mail may therefore go out.
import {
  digestHour,
  type NotificationChannel,
  type NotificationChoices,
  type NotificationEvent,
  usualChannel,
} from '../../../shared/notifications.ts';
import { dayAfter, dayOf, startOfDay } from '../../clock.ts';
import { ChoicesModel, type StoredChoices } from './notifications.model.ts';

const nothingChosen: NotificationChoices = { events: {}, quiet: null };

export async function choicesOf(
  userIds: readonly string[],
): Promise<ReadonlyMap<string, NotificationChoices>> {
  const kept = await ChoicesModel.find({ _id: { $in: [...userIds] } }).lean<StoredChoices[]>();
  return new Map(
    kept.map(({ _id, events, quiet }) => [
      _id,
      { events: Object.fromEntries(events) as NotificationChoices['events'], quiet },
    ]),
  );
}

export async function ownChoices(userId: string): Promise<NotificationChoices> {
  return (await choicesOf([userId])).get(userId) ?? nothingChosen;
}

export async function choose(userId: string, choices: NotificationChoices): Promise<NotificationChoices> {
  const events = Object.entries(choices.events);
  await ChoicesModel.updateOne({ _id: userId }, { $set: { events, quiet: choices.quiet } }, { upsert: true });
  return choices;
}

export const channelOf = (
  choices: NotificationChoices | undefined,
  event: NotificationEvent,
): NotificationChannel => choices?.events[event] ?? usualChannel;

/** The first moment from `now` on at which that channel may send; null when it sends no mail. */
export function mailMoment(
  channel: NotificationChannel,
  quiet: NotificationChoices['quiet'],
  now: Date,
): Date | null {
  if (channel === 'mail') return afterQuiet(now, quiet);
  if (channel === 'digest') return afterQuiet(nextDigest(now), quiet);
  return null;
}

const minute = 60_000;
const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
const atMinute = (day: string, minutes: number) => new Date(startOfDay(day).getTime() + minutes * minute);

function nextDigest(now: Date): Date {
  const today = atMinute(dayOf(now), digestHour * 60);
  return today > now ? today : atMinute(dayAfter(dayOf(now), 1), digestHour * 60);
}

/** Quiet hours may reach over midnight; equal ends mean none. */
export function afterQuiet(moment: Date, quiet: NotificationChoices['quiet']): Date {
  if (!quiet || quiet.from === quiet.to) return moment;
  const [from, to] = [minutesOf(quiet.from), minutesOf(quiet.to)];
  const day = dayOf(moment);
  const at = (moment.getTime() - startOfDay(day).getTime()) / minute;
  if (from < to) return at >= from && at < to ? atMinute(day, to) : moment;
  if (at >= from) return atMinute(dayAfter(day, 1), to);
  return at < to ? atMinute(day, to) : moment;
}
