// Duty: what an opened record says, how long it stays, and the way to close it now. Who holds the values: useShortlyOpen.
import { Button } from '@mantine/core';
import { identityFields, type OpenedIdentity } from '../../../shared/identityLists.ts';
import { useSay } from '../../lib/i18n.tsx';
import { EyeOff } from '../../ui/icons.ts';
import classes from './panel.module.css';

interface Props {
  opened: OpenedIdentity;
  secondsLeft: number;
  onClose: () => void;
}

export function OpenedValues({ opened, secondsLeft, onClose }: Props) {
  const say = useSay();
  return (
    <>
      <dl className={classes.values}>
        {identityFields
          .filter((field) => opened.values[field] !== undefined || opened.damaged.includes(field))
          .map((field) => (
            <div key={field}>
              <dt>{say(`identity.field.${field}`)}</dt>
              <dd>
                {opened.values[field] ?? <span className={classes.damaged}>{say('identity.damaged')}</span>}
              </dd>
            </div>
          ))}
      </dl>
      <div className={classes.closing}>
        <span>{say('identity.closesIn', { seconds: secondsLeft })}</span>
        <Button variant="default" leftSection={<EyeOff size={18} aria-hidden />} onClick={onClose}>
          {say('identity.closeNow')}
        </Button>
      </div>
    </>
  );
}
