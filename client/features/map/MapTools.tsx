// Duty: the buttons on the map. What they do is the page's.
import { ActionIcon } from '@mantine/core';
import { useSay } from '../../lib/i18n.tsx';
import type { LucideIcon } from '../../ui/icon.tsx';
import { Image, Layers, ListTodo, Maximize, Minus, Plus } from '../../ui/icons.ts';
import classes from './map.module.css';

interface Props {
  onZoomIn: () => void;
  onZoomOut: () => void;
  onWhole: () => void;
  onPicture: () => void;
  /** Null where the legend stands on the map anyway. */
  onLegend: (() => void) | null;
  /** Null for who sees no advocacy. */
  onStuck: (() => void) | null;
}

export function MapTools({ onZoomIn, onZoomOut, onWhole, onPicture, onLegend, onStuck }: Props) {
  const say = useSay();
  const tool = (Icon: LucideIcon, words: string, onClick: () => void) => (
    <ActionIcon variant="default" onClick={onClick} aria-label={words} title={words}>
      <Icon size={20} aria-hidden />
    </ActionIcon>
  );
  return (
    <div className={classes.tools}>
      {tool(Plus, say('map.zoomIn'), onZoomIn)}
      {tool(Minus, say('map.zoomOut'), onZoomOut)}
      {tool(Maximize, say('map.whole'), onWhole)}
      {tool(Image, say('map.picture'), onPicture)}
      {onStuck && tool(ListTodo, say('map.stuck'), onStuck)}
      {onLegend && tool(Layers, say('map.legend.show'), onLegend)}
    </div>
  );
}
