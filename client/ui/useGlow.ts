// Duty: a live change glows once and settles. Which change is worth a glow is the caller's to know.
import { useEffect, useRef, useState } from 'react';

/** The class to add: `glow` for a moment after `version` rose while the thing was on screen. */
export function useGlow(version: number): string | undefined {
  const seen = useRef(version);
  const [glowing, setGlowing] = useState(false);
  useEffect(() => {
    if (version === seen.current) return;
    seen.current = version;
    setGlowing(true);
    const timer = setTimeout(() => setGlowing(false), 1300);
    return () => clearTimeout(timer);
  }, [version]);
  return glowing ? 'glow' : undefined;
}
