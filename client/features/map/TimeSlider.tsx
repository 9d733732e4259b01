// Duty: the period as two ends of a slider over months, with the cases of each month above it, and a way to let it run. No requests.
import { ActionIcon, RangeSlider } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import type { CaseFilter } from '../../../shared/cases.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { Pause, Play } from '../../ui/icons.ts';
import classes from './map.module.css';
import { monthsBetween, periodIn, periodOf } from './months.ts';

interface Props {
  /** Cases per month, the period itself left aside. */
  counts: Readonly<Record<string, number>>;
  period: Pick<CaseFilter, 'from' | 'to'>;
  onChange: (period: { from: string | undefined; to: string | undefined }) => void;
}

const stepMilliseconds = 700;

export function TimeSlider({ counts, period, onChange }: Props) {
  const { say, speaker, number } = useSpeech();
  const now = new Date().toISOString().slice(0, 7);
  const key = Object.keys(counts).join();
  const months = useMemo(() => monthsBetween(key ? key.split(',') : [], now), [key, now]);
  const chosen = periodIn(months, period);
  const [dragged, setDragged] = useState<[number, number] | null>(null);
  const [running, setRunning] = useState(false);
  const [from, to] = dragged ?? chosen;
  const last = months.length - 1;

  useEffect(() => {
    if (!running) return;
    const timer = setTimeout(() => {
      if (to >= last) setRunning(false);
      else onChange(periodOf(months, [from, to + 1]));
    }, stepMilliseconds);
    return () => clearTimeout(timer);
  }, [running, from, to, last, months, onChange]);

  const words = new Intl.DateTimeFormat(speaker.locale, { month: 'short', year: 'numeric', timeZone: 'UTC' });
  const monthWords = (position: number) =>
    words.format(new Date(`${months[position] ?? months[last]}-15T00:00:00Z`));
  const most = Math.max(1, ...months.map((month) => counts[month] ?? 0));
  const play = () => {
    if (running) return setRunning(false);
    if (to >= last) onChange(periodOf(months, [from, Math.min(from, last - 1)]));
    setRunning(true);
  };
  return (
    <section className={classes.time} aria-label={say('map.time')}>
      <ActionIcon
        variant="default"
        size={44}
        radius="xl"
        onClick={play}
        aria-label={say(running ? 'map.time.pause' : 'map.time.play')}
      >
        {running ? <Pause size={20} aria-hidden /> : <Play size={20} aria-hidden />}
      </ActionIcon>
      <div className={classes.timeLine}>
        <div className={classes.bars} aria-hidden>
          {months.map((month, position) => (
            <span
              key={month}
              data-inside={(position >= from && position <= to) || undefined}
              style={{ height: `${Math.round(((counts[month] ?? 0) / most) * 100)}%` }}
              title={`${monthWords(position)}: ${number(counts[month] ?? 0)}`}
            />
          ))}
        </div>
        <RangeSlider
          min={0}
          max={last}
          step={1}
          minRange={0}
          size="sm"
          value={[from, to]}
          label={monthWords}
          onChange={(value) => {
            setRunning(false);
            setDragged(value);
          }}
          onChangeEnd={(value) => {
            setDragged(null);
            onChange(periodOf(months, value));
          }}
          thumbFromLabel={say('map.time.from')}
          thumbToLabel={say('map.time.to')}
        />
        <p className={classes.timeWords} aria-live="off">
          {from === 0 && to === last ? say('map.time.all') : `${monthWords(from)} – ${monthWords(to)}`}
        </p>
      </div>
    </section>
  );
}
