// Duty: what a page keeps in its address, such as filters: read, and changed part by part. What the parts mean is the page's.
import { useSearchParams } from 'react-router';

/** `[search, change, clear]`: null takes a part out of the address; going back leads to the page before, not to the choice before. */
export function useAddress() {
  const [search, setSearch] = useSearchParams();
  const change = (parts: Record<string, string | null | undefined>) =>
    setSearch(
      (before) => {
        const after = new URLSearchParams(before);
        for (const [part, value] of Object.entries(parts)) {
          if (value === null || value === undefined) after.delete(part);
          else after.set(part, value);
        }
        return after;
      },
      { replace: true },
    );
  const clear = () => setSearch({}, { replace: true });
  return [search, change, clear] as const;
}
