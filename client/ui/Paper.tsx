// Duty: print one sheet alone, without the page round it. The sheet is there only while it is being printed.
import { type ReactNode, useEffect, useRef } from 'react';
import { createPortal } from 'react-dom';
import classes from './paper.module.css';

export function Paper({ onPrinted, children }: { onPrinted: () => void; children: ReactNode }) {
  const done = useRef(onPrinted);
  done.current = onPrinted;
  useEffect(() => {
    const end = () => done.current();
    window.addEventListener('afterprint', end);
    const frame = requestAnimationFrame(() => window.print());
    return () => {
      cancelAnimationFrame(frame);
      window.removeEventListener('afterprint', end);
    };
  }, []);
  return createPortal(
    <div className={classes.paper} data-paper>
      {children}
    </div>,
    document.body,
  );
}
