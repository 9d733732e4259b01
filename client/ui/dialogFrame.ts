// Duty: what the parts inside a dialog know of it: how it is left, and that it waits while another stands on it. The dialog itself: Dialog.tsx.
import { createContext, use, useEffect } from 'react';

export interface DialogFrame {
  /** Closes the dialog; asks first when something was written in it. */
  leave: () => void;
  /** Another dialog stands on this one until the answer is called: Escape is for the upper one alone. */
  hold: () => () => void;
}

export const DialogFrameContext = createContext<DialogFrame>({ leave: () => {}, hold: () => () => {} });

export const useLeave = (): (() => void) => use(DialogFrameContext).leave;

export function useStandsOn(opened: boolean): void {
  const { hold } = use(DialogFrameContext);
  useEffect(() => (opened ? hold() : undefined), [opened, hold]);
}
