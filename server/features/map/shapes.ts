// Duty: the seven municipalities' outlines as the map draws them, read once. Their owner's licence travels with them.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MunicipalitySlug } from '../../../shared/directory.ts';
import type { MapShape, MapShapes } from '../../../shared/mapViews.ts';
import { projectRoot } from '../../root.ts';

interface Feature {
  id?: string;
  properties: { slug?: MunicipalitySlug; label_point?: [number, number] };
  geometry: MapShape['geometry'];
}

const attribution = '© OpenStreetMap contributors (ODbL 1.0), via geoBoundaries';

async function featuresOf(file: string): Promise<Feature[]> {
  const text = await readFile(join(projectRoot, 'seeds', 'data', file), 'utf8');
  return (JSON.parse(text) as { features: Feature[] }).features;
}

async function readShapes(): Promise<{ data: MapShapes; body: string; tag: string }> {
  const [seven, outline] = await Promise.all([
    featuresOf('xk-focus7.geojson'),
    featuresOf('xk-outline.geojson'),
  ]);
  const data: MapShapes = {
    municipalities: seven.map(({ properties, geometry }) => ({
      type: 'Feature',
      id: properties.slug!,
      properties: { slug: properties.slug!, label: properties.label_point! },
      geometry,
    })),
    outline: outline[0]!.geometry,
    attribution,
  };
  const body = JSON.stringify({ data });
  return { data, body, tag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"` };
}

let shapes: ReturnType<typeof readShapes> | null = null;

/** The answer's body and its ETag. */
export function mapShapes(): ReturnType<typeof readShapes> {
  shapes ??= readShapes().catch((error: unknown) => {
    shapes = null;
    throw error;
  });
  return shapes;
}
