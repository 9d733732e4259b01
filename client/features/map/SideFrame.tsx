// Duty: room beside the map: a column where there is room, a drawer from below on a phone. What stands in it comes in.
import { Drawer } from '@mantine/core';
import type { ReactNode } from 'react';
import { useSay } from '../../lib/i18n.tsx';
import classes from './map.module.css';

interface Props {
  isPhone: boolean;
  onDismiss: () => void;
  children: ReactNode;
}

export function SideFrame({ isPhone, onDismiss, children }: Props) {
  const say = useSay();
  if (!isPhone)
    return (
      <aside className={classes.sideColumn} aria-label={say('map.beside')}>
        {children}
      </aside>
    );
  return (
    <Drawer.Root opened position="bottom" size="82%" onClose={onDismiss}>
      <Drawer.Overlay />
      <Drawer.Content className={classes.drawer} aria-label={say('map.beside')}>
        <Drawer.Body className={classes.drawerBody}>{children}</Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}
