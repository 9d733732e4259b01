// Duty: sets light or dark and the language before the first paint, so neither flashes. A file of its own: the CSP forbids inline scripts.
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
})();
