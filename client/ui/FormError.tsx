// Duty: what is wrong with a form as a whole, above it, read out at once. A single field's fault stands beside the field.
import { Alert } from '@mantine/core';
import { CircleAlert } from './icons.ts';

export function FormError({ words }: { words: string | null }) {
  if (!words) return null;
  return (
    <Alert role="alert" color="alarm" variant="light" icon={<CircleAlert size={20} aria-hidden />}>
      {words}
    </Alert>
  );
}
