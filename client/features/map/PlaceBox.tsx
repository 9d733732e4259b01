// Duty: a bare map of one municipality with its settlements in a box, for the picker and for a case's page. No cases on it.
import { useReducedMotion } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';
import type { MunicipalitySlug } from '../../../shared/directory.ts';
import { useShapes } from '../../lib/mapShapes.ts';
import { usePlaceName } from '../../lib/places.ts';
import { boundsOfShapes, kosovo } from './bounds.ts';
import { type NamedPlace, PlaceNames } from './layers/places.ts';
import { ShapeLayer } from './layers/shapes.ts';
import { type Bounds, type LeafletMap, makeSurface, showBounds, TileGround } from './layers/surface.ts';
import classes from './map.module.css';
import type { Point } from './nearest.ts';

interface Props {
  className: string | undefined;
  label: string;
  municipality: MunicipalitySlug;
  places: readonly NamedPlace[];
  tileUrl: string | null;
  /** Null: the whole municipality. */
  bounds: Bounds | null;
  fixed: boolean;
  onPoint?: (point: Point) => void;
  onPlace?: (index: number) => void;
}

export function PlaceBox(props: Props) {
  const { className, label, municipality, places, tileUrl, bounds, fixed } = props;
  const box = useRef<HTMLDivElement>(null);
  const newest = useRef(props);
  newest.current = props;
  const still = useReducedMotion(undefined, { getInitialValueInEffect: false });
  const { data: shapes } = useShapes();
  const municipalityName = usePlaceName();
  const name = municipalityName(municipality);
  const [map, setMap] = useState<LeafletMap | null>(null);

  useEffect(() => {
    const surface = makeSurface(box.current!, { still, fixed });
    showBounds(surface, kosovo, true);
    surface.on('click', ({ latlng }) => newest.current.onPoint?.({ lng: latlng.lng, lat: latlng.lat }));
    setMap(surface);
    return () => {
      surface.remove();
      setMap(null);
    };
  }, [still, fixed]);

  useEffect(() => {
    if (!map || !tileUrl) return;
    const ground = new TileGround(tileUrl);
    ground.addTo(map);
    return () => ground.remove();
  }, [map, tileUrl]);

  useEffect(() => {
    if (!map || !shapes) return;
    const layer = new ShapeLayer(shapes);
    layer.addTo(map);
    layer.show(new Map([[municipality, { name, labelled: false, step: 0, value: null, quiet: false }]]));
    return () => layer.remove();
  }, [map, shapes, municipality, name]);

  const wanted = bounds?.join();
  useEffect(() => {
    if (!map || !shapes) return;
    const own = shapes.municipalities.filter(({ properties }) => properties.slug === municipality);
    const chosen = wanted ? (wanted.split(',').map(Number) as Bounds) : boundsOfShapes(own);
    showBounds(map, chosen ?? kosovo, true, { padding: 8 });
  }, [map, shapes, municipality, wanted]);

  useEffect(() => {
    if (!map) return;
    const layer = new PlaceNames({ always: true });
    layer.addTo(map);
    const pick = newest.current.onPlace;
    layer.show(places, pick && ((index) => newest.current.onPlace?.(index)));
    return () => layer.remove();
  }, [map, places]);

  return (
    <div className={className}>
      {fixed ? (
        <div ref={box} className={classes.box} role="img" aria-label={label} />
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys move the map, so it must take the focus
        <div ref={box} className={classes.box} role="application" aria-label={label} tabIndex={0} />
      )}
    </div>
  );
}
