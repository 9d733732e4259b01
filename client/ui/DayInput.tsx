// Duty: a calendar day, by calendar or by one tap. Which days may be chosen is the form's.
import { Button, TextInput } from '@mantine/core';
import { dayIn } from '../lib/days.ts';
import { useSpeech } from '../lib/i18n.tsx';
import classes from './inputs.module.css';

const usual: readonly number[] = [1, 7, 14, 30];

/** A day by calendar or by one tap. */
export function DayInput(props: {
  label: string;
  value: string;
  onChange: (day: string) => void;
  error?: string | undefined;
  description?: string;
  /** Days from today that one tap gives. */
  quick?: readonly number[];
}) {
  const { say, relative } = useSpeech();
  const words = (days: number) => {
    if (days === 1) return say('case.plan.tomorrow');
    if (days > 1) return say('case.plan.inDays', { count: days });
    const past = relative(dayIn(days));
    return past.charAt(0).toLocaleUpperCase() + past.slice(1);
  };
  return (
    <div>
      <TextInput
        type="date"
        label={props.label}
        description={props.description}
        value={props.value}
        onChange={(event) => props.onChange(event.currentTarget.value)}
        error={props.error ?? (props.value ? undefined : say('fault.required'))}
        required
      />
      <div className={classes.quick}>
        {(props.quick ?? usual).map((days) => (
          <Button
            key={days}
            size="compact-sm"
            variant={props.value === dayIn(days) ? 'light' : 'default'}
            aria-pressed={props.value === dayIn(days)}
            onClick={() => props.onChange(dayIn(days))}
          >
            {words(days)}
          </Button>
        ))}
      </div>
    </div>
  );
}
