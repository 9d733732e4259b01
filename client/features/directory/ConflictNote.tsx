// Duty: says what somebody else saved meanwhile, field by field, above a form that still holds what was typed.
import { Alert, List } from '@mantine/core';
import type { DirectoryConflict } from '../../../shared/directory.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { usePlaceName } from '../../lib/places.ts';
import { GitMerge } from '../../ui/icons.ts';
import { conflictWords, fieldWord } from './conflictWords.ts';

export function ConflictNote({ conflicts }: { conflicts: DirectoryConflict[] }) {
  const { speaker } = useSpeech();
  const placeName = usePlaceName();
  if (conflicts.length === 0) return null;
  return (
    <Alert role="alert" color="accent" icon={<GitMerge size={20} aria-hidden />}>
      {speaker.say('directory.conflict')}
      <List mt="xs">
        {conflicts.map(({ field, theirs }) => (
          <List.Item key={field}>
            {speaker.say('directory.conflict.theirs', {
              field: fieldWord(speaker, field),
              value: conflictWords(speaker, placeName, field, theirs),
            })}
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}
