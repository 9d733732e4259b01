// Duty: the map itself in a box: one effect per concern, each a layer put on and taken off. What is shown comes in; choices go out.
import { type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react';
import type { MunicipalitySlug } from '../../../shared/directoryLists.ts';
import type { MapPoint, MapShapes } from '../../../shared/mapViews.ts';
import { useSay } from '../../lib/i18n.tsx';
import type { Mark } from './advocacyMarks.ts';
import { changedSpots, type Drawing } from './circles.ts';
import { AdvocacyLayerOnMap } from './layers/advocacy.ts';
import { CircleLayer } from './layers/circles.ts';
import { type NamedPlace, PlaceNames } from './layers/places.ts';
import { type PointColours, PointLayer } from './layers/points.ts';
import { ShapeLayer, type ShapeLook } from './layers/shapes.ts';
import { type Bounds, type LeafletMap, makeSurface, showBounds, TileGround } from './layers/surface.ts';
import classes from './map.module.css';
import type { Frame } from './useMap.ts';

/** What the buttons round the map and the picture need of it. */
export interface MapHandle {
  zoomIn(): void;
  zoomOut(): void;
  show(bounds: Bounds): void;
  focusSpot(key: string): void;
  focusMark(key: string): void;
  /** The size in pixels, and where a place stands in it. */
  view(): { width: number; height: number; project(lng: number, lat: number): { x: number; y: number } };
}

interface Props {
  ref?: Ref<MapHandle>;
  start: Bounds;
  /** Pixels at the right that something else lies on. */
  covered: number;
  still: boolean;
  tileUrl: string | null;
  shapes: MapShapes | undefined;
  looks: ReadonlyMap<MunicipalitySlug, ShapeLook>;
  names: readonly NamedPlace[];
  drawing: Drawing;
  marks: readonly Mark[];
  colours: PointColours;
  /** Rises with every live change: what differs after it glows. */
  heard: number;
  pointWords: (point: MapPoint) => string;
  onFrame: (frame: Frame) => void;
  onSpot: (key: string) => void;
  onMark: (mark: Mark) => void;
  onPoint: (point: MapPoint) => void;
  onMunicipality: (slug: MunicipalitySlug) => void;
}

export function CaseMap(props: Props) {
  const { shapes, looks, names, drawing, marks, colours, heard, tileUrl, still } = props;
  const say = useSay();
  const box = useRef<HTMLDivElement>(null);
  const newest = useRef(props);
  newest.current = props;
  const [map, setMap] = useState<LeafletMap | null>(null);
  const [layers, setLayers] = useState<{
    circles: CircleLayer;
    points: PointLayer;
    names: PlaceNames;
    advocacy: AdvocacyLayerOnMap;
  } | null>(null);
  const [shapeLayer, setShapeLayer] = useState<ShapeLayer | null>(null);

  useEffect(() => {
    const surface = makeSurface(box.current!, { still });
    showBounds(surface, newest.current.start, true, { right: newest.current.covered });
    const tell = () => {
      const bounds = surface.getBounds();
      newest.current.onFrame({
        box: {
          west: bounds.getWest(),
          south: bounds.getSouth(),
          east: bounds.getEast(),
          north: bounds.getNorth(),
        },
        zoom: surface.getZoom(),
      });
    };
    surface.on('moveend', tell);
    tell();
    const resized = new ResizeObserver(() => surface.invalidateSize({ animate: false }));
    resized.observe(box.current!);
    setMap(surface);
    return () => {
      resized.disconnect();
      surface.remove();
      setMap(null);
    };
  }, [still]);

  useEffect(() => {
    if (!map || !tileUrl) return;
    const ground = new TileGround(tileUrl);
    ground.addTo(map);
    return () => ground.remove();
  }, [map, tileUrl]);

  useEffect(() => {
    if (!map || !shapes) return;
    const layer = new ShapeLayer(shapes, (slug) => newest.current.onMunicipality(slug));
    layer.addTo(map);
    setShapeLayer(layer);
    return () => {
      layer.remove();
      setShapeLayer(null);
    };
  }, [map, shapes]);

  useEffect(() => shapeLayer?.show(looks), [shapeLayer, looks]);

  useEffect(() => {
    if (!map) return;
    const circles = new CircleLayer((key) => newest.current.onSpot(key));
    const points = new PointLayer(newest.current.colours, {
      choose: (point) => newest.current.onPoint(point),
      words: (point) => newest.current.pointWords(point),
    });
    const placeNames = new PlaceNames();
    const advocacy = new AdvocacyLayerOnMap((key) => {
      const mark = newest.current.marks.find((one) => one.key === key);
      if (mark) newest.current.onMark(mark);
    });
    placeNames.addTo(map);
    points.addTo(map);
    circles.addTo(map);
    advocacy.addTo(map);
    setLayers({ circles, points, names: placeNames, advocacy });
    return () => {
      advocacy.remove();
      circles.remove();
      points.remove();
      placeNames.remove();
      setLayers(null);
    };
  }, [map]);

  useEffect(() => layers?.names.show(names), [layers, names]);
  useEffect(() => layers?.advocacy.show(marks, drawing.below), [layers, marks, drawing.below]);
  useEffect(() => layers?.points.show(drawing.fans, colours), [layers, drawing, colours]);

  const drawnBefore = useRef(new Map<string, string>());
  const glowedFor = useRef(heard);
  useEffect(() => {
    if (!layers) return;
    layers.circles.show(drawing.drawn.map(({ circle }) => circle));
    if (glowedFor.current !== heard) {
      const changed = changedSpots(drawnBefore.current, drawing.drawn);
      layers.circles.glow(changed);
      if (changed.length > 0) glowedFor.current = heard;
    }
    drawnBefore.current = new Map(drawing.drawn.map(({ circle, mark }) => [circle.key, mark]));
  }, [layers, drawing, heard]);

  useImperativeHandle(
    props.ref,
    () => ({
      zoomIn: () => map?.zoomIn(),
      zoomOut: () => map?.zoomOut(),
      show: (bounds) => map && showBounds(map, bounds, still, { right: newest.current.covered }),
      focusSpot: (key) => layers?.circles.focus(key),
      focusMark: (key) => layers?.advocacy.focus(key),
      view() {
        const size = map?.getSize();
        return {
          width: size?.x ?? 0,
          height: size?.y ?? 0,
          project: (lng, lat) => map?.latLngToContainerPoint([lat, lng]) ?? { x: 0, y: 0 },
        };
      },
    }),
    [map, layers, still],
  );

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys move the map, so it must take the focus
    <div ref={box} className={classes.box} role="application" aria-label={say('map.region')} tabIndex={0} />
  );
}
