// Duty: says what just happened: read out by screen readers, seen for a few seconds at the foot of the page. Errors stand by their cause.
import { useCallback, useEffect, useMemo, useState } from 'react';
import classes from './said.module.css';

const shownMilliseconds = 6000;

export interface Said {
  words: string;
  /** A second button of the moment, such as bringing back what was thrown away. */
  action?: { label: string; act: () => void };
}

/** `const { say, said } = useSaid()`: put `said` into the page once. */
export function useSaid() {
  const [now, setNow] = useState<(Said & { at: number }) | null>(null);
  useEffect(() => {
    if (!now) return;
    const timer = setTimeout(() => setNow(null), shownMilliseconds);
    return () => clearTimeout(timer);
  }, [now]);
  const tell = useCallback((words: string, action?: Said['action']) => {
    setNow({ words, action, at: performance.now() });
  }, []);
  const said = (
    <div className={`${classes.place} no-print`} role="status">
      {now && (
        <div className={classes.said} key={now.at}>
          <span>{now.words}</span>
          {now.action && (
            <button
              type="button"
              className={classes.action}
              onClick={() => {
                now.action?.act();
                setNow(null);
              }}
            >
              {now.action.label}
            </button>
          )}
        </div>
      )}
    </div>
  );
  return useMemo(() => ({ tell, said }), [tell, said]);
}
