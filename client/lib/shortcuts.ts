// Duty: which keys mean what, as a pure matcher, and one listener. What they do is the shell's and the pages'.
import { useEffect, useRef } from 'react';
import { kept } from './kept.ts';

/** One key, or two in a row within a second: `/`, `c`, `g m`. */
export type Shortcut = string;

const pause = 1000;

/** Feeds keys one by one; answers the shortcut that is complete. */
export function makeMatcher(shortcuts: readonly Shortcut[]) {
  let first: { key: string; at: number } | null = null;
  return (key: string, at: number): Shortcut | null => {
    const pair = first && at - first.at <= pause ? `${first.key} ${key}` : null;
    first = null;
    if (pair && shortcuts.includes(pair)) return pair;
    if (shortcuts.some((shortcut) => shortcut.startsWith(`${key} `))) first = { key, at };
    return shortcuts.includes(key) ? key : null;
  };
}

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.closest('input, textarea, select, [role="combobox"], [role="menu"]') !== null);

/** Single letters can get in the way of speech control, so a person may switch them off (WCAG 2.1.4). */
export const shortcutsAreOn = (): boolean => kept.get('shortcuts') !== 'off';
export const switchShortcuts = (on: boolean): void => kept.set('shortcuts', on ? null : 'off');

/** Not while typing, not with Ctrl, Alt or Meta, not while a dialog is open. */
export function useShortcuts(actions: Record<Shortcut, () => void>): void {
  const newest = useRef(actions);
  useEffect(() => {
    newest.current = actions;
  });
  const names = Object.keys(actions).sort().join('\n');
  useEffect(() => {
    const match = makeMatcher(names.split('\n'));
    const listen = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
      if (isTyping(event.target) || !shortcutsAreOn() || document.querySelector('[role="dialog"]')) return;
      const shortcut = match(event.key, event.timeStamp);
      if (!shortcut) return;
      event.preventDefault();
      newest.current[shortcut]?.();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, [names]);
}
