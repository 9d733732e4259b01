// Duty: how the browser half is served while developing and built for production. No settings of the product.
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const server = `http://127.0.0.1:${process.env.PORT ?? 3000}`;

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  server: {
    host: '127.0.0.1',
    proxy: {
      '/api': server,
      '/healthz': server,
      '/socket.io': { target: server, ws: true },
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
      // Importing shared/ only declares things, so a page that needs a list of words does not carry the schemas beside it.
      treeshake: { moduleSideEffects: [{ test: /[\\/]shared[\\/]/, sideEffects: false }] },
      output: {
        // What every page needs and what seldom changes: kept by the browser across releases.
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules[\\/](react|react-dom|react-router|scheduler)[\\/]/ },
            // What most pages share, in one piece: twenty small files compress worse than one.
            { name: 'shared', test: /node_modules|client[\\/](ui|lib)[\\/]/, minShareCount: 9 },
          ],
        },
      },
    },
  },
});
