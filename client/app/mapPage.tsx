// Duty: load the map's page and give it the case that may lie open beside it.
import { openWords } from '../lib/words.ts';
import { part } from './parts.ts';

const CaseBeside = part(() => import('../features/cases/CasePage.tsx'), 'CaseBeside', 'logging');

export async function mapPage() {
  const [{ MapPage }] = await Promise.all([import('../features/map/MapPage.tsx'), openWords('map')]);
  return { element: <MapPage CaseBeside={CaseBeside} /> };
}
