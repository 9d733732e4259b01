// Duty: the doors to what anybody may know: this installation and the seven municipalities.
import { type Instance, languages } from '../../../shared/directory.ts';
import { type Endpoint, publicEndpoint } from '../../http/endpoint.ts';
import { exampleAccountsHere } from './exampleAccounts.queries.ts';
import { municipalities } from './municipalities.queries.ts';
import type { Settings } from './settings.ts';

export function instanceRoutes(settings: Settings): Endpoint[] {
  return [
    publicEndpoint({
      method: 'get',
      path: '/api/instance',
      summary: 'What this installation offers: languages, map tiles, upload limit, example accounts if any.',
      async handle() {
        const data: Instance = {
          exampleAccounts: await exampleAccountsHere(settings),
          tileUrl: settings.tileUrl,
          tileAttribution: settings.tileAttribution,
          languages: [...languages],
          uploadMegabytes: settings.uploadMegabytes,
        };
        return { data };
      },
    }),
    publicEndpoint({
      method: 'get',
      path: '/api/municipalities',
      summary: 'The seven municipalities: names, languages, settlements, persons declared in the census.',
      handle: async () => ({ data: await municipalities() }),
    }),
  ];
}
