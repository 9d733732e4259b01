// Duty: the field for a code: six digits from the phone, or a recovery code instead. Spaces and dashes are the server's to take out.
import { Button, TextInput, type TextInputProps } from '@mantine/core';
import { useState } from 'react';
import { useSay } from '../../lib/i18n.tsx';
import classes from './directory.module.css';

export function CodeField(props: TextInputProps & { phoneOnly?: boolean }) {
  const { phoneOnly, ...rest } = props;
  const say = useSay();
  const [recovery, setRecovery] = useState(false);
  return (
    <div className={classes.codeField}>
      <TextInput
        label={say(recovery ? 'directory.factor.recoveryCode' : 'directory.factor.code')}
        description={say(recovery ? 'directory.factor.recoveryHint' : 'directory.factor.codeHint')}
        autoComplete={recovery ? 'off' : 'one-time-code'}
        inputMode={recovery ? 'text' : 'numeric'}
        autoCapitalize="none"
        spellCheck={false}
        required
        withAsterisk={false}
        classNames={{ input: classes.code }}
        {...rest}
      />
      {!phoneOnly && (
        <Button variant="subtle" className={classes.otherCode} onClick={() => setRecovery(!recovery)}>
          {say(recovery ? 'directory.factor.usePhone' : 'directory.factor.useRecovery')}
        </Button>
      )}
    </div>
  );
}
