// Duty: how the browser half is served while developing and built for production. No settings of the product.
import { readFileSync } from 'node:fs';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

// The host stays as the browser named it, or the server would refuse what comes from another origin than its own.
const server = { target: `http://127.0.0.1:${process.env.PORT ?? 3000}`, changeOrigin: false };

/** Pieces are made of whole modules, so each icon becomes one: a page loads its own icons and no other. */
const iconsApart: Plugin = {
  name: 'icons-apart',
  apply: 'build',
  enforce: 'pre',
  load(id) {
    const [file, name] = id.split('?') as [string, string?];
    if (!/[\\/]ui[\\/]icons\.ts$/.test(file)) return null;
    const lines = readFileSync(file, 'utf8').split('\n');
    const nameIn = (line: string) => /^export const (\w+) = /.exec(line)?.[1];
    if (name) return lines.filter((line) => [undefined, name].includes(nameIn(line))).join('\n');
    return lines
      .map(nameIn)
      .filter((one) => one !== undefined)
      .map((one) => `export { ${one} } from './icons.ts?${one}';`)
      .join('\n');
  },
};

export default defineConfig({
  root: import.meta.dirname,
  plugins: [
    iconsApart,
    react(),
    {
      // A changed context or table of words would stand beside the one that the page holds already.
      name: 'reload-for-what-is-held',
      handleHotUpdate({ file, server: devServer }) {
        if (!/[\\/](shared|client[\\/]lib)[\\/]/.test(file)) return;
        devServer.ws.send({ type: 'full-reload' });
        return [];
      },
    },
  ],
  server: {
    host: '127.0.0.1',
    proxy: {
      '/api': server,
      '/healthz': server,
      '/socket.io': { ...server, ws: true },
    },
  },
  build: {
    outDir: '../dist/client',
    emptyOutDir: true,
    manifest: true,
    target: 'es2022',
    // A data: URL is not `'self'`: the CSP would refuse an inlined font or picture.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // Importing shared/ only declares things, so a page that needs a list of words does not carry the schemas beside it; nor the icons.
      treeshake: {
        moduleSideEffects: [{ test: /[\\/]shared[\\/]|[\\/]ui[\\/]icons?\.tsx?/, sideEffects: false }],
      },
      output: {
        // On a slow line each file costs a way there and back, so what comes together is in few pieces.
        codeSplitting: {
          groups: [
            // What every page needs and what seldom changes: kept by the browser across releases.
            { name: 'react', test: /node_modules[\\/](react|react-dom|react-router|scheduler)[\\/]/ },
            // What else the entry imports.
            { name: 'frame', tags: ['$initial'] },
            // Small things that many pages share. Counted are all lazy pages and parts, so the numbers grow with them: `npm run size`
            // says what the list of cases loads.
            { name: 'icons', test: /[\\/]ui[\\/]icons?\.tsx?/, minShareCount: 3 },
            // What dialogs and forms are made of, and what looks for names and numbers in their texts: no list needs it at first.
            {
              name: 'forms',
              test: /[\\/](shared[\\/](personalData|takingOut|identityLists)|lib[\\/]vault|ui[\\/](Dialog|DialogFoot|dialogFrame|ConfirmDialog))\./,
              minShareCount: 3,
              includeDependenciesRecursively: false,
            },
            {
              name: 'own',
              test: /[\\/](ui|lib|features|shared)[\\/](?!i18n)/,
              minShareCount: 12,
              maxModuleSize: 6_000,
              includeDependenciesRecursively: false,
            },
          ],
        },
      },
    },
  },
});
