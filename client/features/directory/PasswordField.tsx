// Duty: a field for a new password with its one rule. The server decides what is too common.
import { PasswordInput, type PasswordInputProps } from '@mantine/core';
import { useSay } from '../../lib/i18n.tsx';

export function PasswordField(props: PasswordInputProps & { isNew?: boolean }) {
  const { isNew = true, ...rest } = props;
  const say = useSay();
  return (
    <PasswordInput
      label={say(isNew ? 'directory.newPassword' : 'directory.password')}
      description={isNew ? say('directory.passwordHint') : undefined}
      autoComplete={isNew ? 'new-password' : 'current-password'}
      required
      withAsterisk={false}
      visibilityToggleButtonProps={{ 'aria-label': say('directory.showPassword'), tabIndex: 0 }}
      {...rest}
    />
  );
}
