// Duty: what is shown to whoever must have a second factor and has none: setting it up, or leaving. Nothing else is open to them.
import { Button, Stack, Text, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useSay } from '../../lib/i18n.tsx';
import { Doorway } from '../../ui/Doorway.tsx';
import { useTabTitle } from '../../ui/PageHead.tsx';
import { FactorSetUp } from './FactorSetUp.tsx';

export function FactorOwed({ onDone, onLeave }: { onDone: () => void; onLeave: () => void }) {
  const say = useSay();
  const client = useQueryClient();
  useTabTitle(say('directory.factor.owed'));
  return (
    <Doorway>
      <Stack>
        <Title order={1}>{say('directory.factor.owed')}</Title>
        <Text>{say('directory.factor.owedText')}</Text>
        <FactorSetUp
          order={2}
          onDone={async () => {
            await client.invalidateQueries();
            onDone();
          }}
        />
        <Button variant="subtle" color="gray" onClick={onLeave}>
          {say('shell.signOut')}
        </Button>
      </Stack>
    </Doorway>
  );
}
