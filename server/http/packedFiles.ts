// Duty: serve the built client's lasting files, packed where the build left a packed one beside them and the browser takes it. Nothing is packed here.
import { readdirSync } from 'node:fs';
import { extname } from 'node:path';
import express, { type Router } from 'express';

const types: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};
/** Best first; browsers take Brotli over TLS and from their own machine only. */
const packings = [
  { coding: 'br', ending: '.br' },
  { coding: 'gzip', ending: '.gz' },
];

/** Names carry a hash of what is in the file, so a browser may keep them for ever. */
export function packedFiles(folder: string): Router {
  const names = new Set(readdirSync(folder));
  const router = express.Router();
  router.use((request, response, next) => {
    const name = request.path.slice(1);
    const type = types[extname(name)];
    if (!type || !names.has(name)) return next();
    response.vary('Accept-Encoding');
    const packing = packings.find(
      ({ coding, ending }) => names.has(name + ending) && request.acceptsEncodings(coding),
    );
    if (packing) {
      request.url = `/${name}${packing.ending}`;
      response.set('Content-Encoding', packing.coding).set('Content-Type', type);
    }
    next();
  });
  router.use(express.static(folder, { immutable: true, maxAge: '1y', index: false }));
  return router;
}
