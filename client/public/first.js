// Duty: what must be set before the first paint and the first module: light or dark, the language, how zod works. A file of its own: the CSP forbids inline scripts.
(() => {
  /** @param {string} key */
  const kept = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  };
  const wanted = kept('kosint.scheme');
  const dark =
    wanted === 'dark' || (wanted !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
  const language = kept('kosint.language');
  if (language) document.documentElement.lang = language === 'sr' ? 'sr-Latn' : language;
  // The CSP forbids making code from text, which zod would try for speed.
  Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });
})();
