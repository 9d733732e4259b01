// Duty: the only door to localStorage: small settings of this device. Storage may be full or forbidden; then nothing is kept.
const prefix = 'kosint.';

export const kept = {
  get(key: string): string | null {
    try {
      return localStorage.getItem(prefix + key);
    } catch {
      return null;
    }
  },
  set(key: string, value: string | null): void {
    try {
      if (value === null) localStorage.removeItem(prefix + key);
      else localStorage.setItem(prefix + key, value);
    } catch {
      // A private window or a full disk: the setting lasts until the page closes.
    }
  },
  keys(start = ''): string[] {
    try {
      return Object.keys(localStorage)
        .filter((key) => key.startsWith(prefix + start))
        .map((key) => key.slice(prefix.length));
    } catch {
      return [];
    }
  },
};
