// Duty: the ten recovery codes, shown once: to be copied, printed, written down. They are kept nowhere.
import { Button, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useSpeech } from '../../lib/i18n.tsx';
import { CopyAction } from '../../ui/CopyAction.tsx';
import { Printer } from '../../ui/icons.ts';
import { Paper } from '../../ui/Paper.tsx';
import classes from './directory.module.css';

const inGroups = (code: string): string => code.replace(/(.{4})(?=.)/g, '$1-');

interface Props {
  codes: readonly string[];
  onKept: () => void;
  order: 2 | 3;
}

export function RecoveryCodeList({ codes, onKept, order }: Props) {
  const { say, date } = useSpeech();
  const [printing, setPrinting] = useState(false);
  const written = codes.map(inGroups);
  const list = (
    <ol className={classes.recovery}>
      {written.map((code) => (
        <li key={code}>{code}</li>
      ))}
    </ol>
  );
  return (
    <Stack>
      <div role="status">
        <Title order={order} size="h3">
          {say('directory.factor.codes')}
        </Title>
        <Text>{say('directory.factor.codesText')}</Text>
      </div>
      {list}
      <div className={classes.deeds}>
        <CopyAction value={written.join('\n')} variant="default" />
        <Button
          variant="default"
          onClick={() => setPrinting(true)}
          leftSection={<Printer size={18} aria-hidden />}
        >
          {say('directory.factor.print')}
        </Button>
        <Button onClick={onKept}>{say('directory.factor.kept')}</Button>
      </div>
      {printing && (
        <Paper onPrinted={() => setPrinting(false)}>
          <h1>{say('directory.factor.paper', { app: say('app.name') })}</h1>
          <p>{say('directory.factor.paperText', { when: date(new Date().toISOString()) })}</p>
          {list}
        </Paper>
      )}
    </Stack>
  );
}
