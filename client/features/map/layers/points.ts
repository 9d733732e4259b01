// Duty: the cases of each place as dots fanned out round it, on one canvas that pans with the map. It never holds a finer place.
import { DomUtil, type Map as LeafletMap, type LeafletMouseEvent, type Tooltip, tooltip } from 'leaflet';
import type { MapPoint } from '../../../../shared/mapViews.ts';
import { type Theme, themes } from '../../../../shared/themeLists.ts';
import { dotSize, fanOut, fanRadius, type Offset } from '../fanOut.ts';
import { glyphs } from '../glyphs.ts';
import classes from '../map.module.css';

export interface Fan {
  lng: number;
  lat: number;
  points: MapPoint[];
}

export interface PointColours {
  themes: Record<Theme, string>;
  surface: string;
  alarm: string;
}

interface DrawnFan extends Fan {
  offsets: Offset[];
  radius: number;
  reach: number;
}

/** Drawn beyond the edge, so that a pan shows no bare border before it ends. */
const margin = 0.3;
const closed = new Set(['closed', 'resolved']);

export class PointLayer {
  readonly #canvas = DomUtil.create('canvas', classes.points);
  readonly #onChoose: (point: MapPoint) => void;
  readonly #wordsOf: (point: MapPoint) => string;
  readonly #tip: Tooltip = tooltip({ className: classes.tip, offset: [0, -8], direction: 'top' });
  #map: LeafletMap | null = null;
  #fans: DrawnFan[] = [];
  #colours: PointColours;

  constructor(
    colours: PointColours,
    on: { choose: (point: MapPoint) => void; words: (point: MapPoint) => string },
  ) {
    this.#colours = colours;
    this.#onChoose = on.choose;
    this.#wordsOf = on.words;
  }

  addTo(map: LeafletMap): void {
    this.#map = map;
    // Above the shapes, whenever those come; below the circles.
    const pane = map.getPane('points') ?? map.createPane('points');
    pane.style.zIndex = '450';
    pane.style.pointerEvents = 'none';
    pane.appendChild(this.#canvas);
    map.on('moveend resize viewreset', this.#draw);
    map.on('zoomstart', this.#hide);
    map.on('click', this.#click);
    map.on('mousemove', this.#hover);
    this.#draw();
  }

  remove(): void {
    const map = this.#map;
    if (!map) return;
    map.off('moveend resize viewreset', this.#draw);
    map.off('zoomstart', this.#hide);
    map.off('click', this.#click);
    map.off('mousemove', this.#hover);
    this.#tip.remove();
    this.#canvas.remove();
    this.#map = null;
  }

  show(fans: readonly Fan[], colours: PointColours): void {
    this.#colours = colours;
    this.#fans = fans.map((fan) => {
      const { spacing, radius } = dotSize(fan.points.length);
      return {
        ...fan,
        offsets: fanOut(fan.points.length, spacing),
        radius,
        reach: fanRadius(fan.points.length, spacing),
      };
    });
    this.#draw();
  }

  /** The case drawn under this spot of the map's box, if any. */
  at(x: number, y: number): MapPoint | null {
    const map = this.#map;
    if (!map) return null;
    for (const fan of this.#fans) {
      const centre = map.latLngToContainerPoint([fan.lat, fan.lng]);
      const [dx, dy] = [x - centre.x, y - centre.y];
      if (Math.hypot(dx, dy) > fan.reach) continue;
      const near = Math.max(fan.radius + 1, 5);
      const index = fan.offsets.findIndex((offset) => Math.hypot(offset.x - dx, offset.y - dy) <= near);
      if (index >= 0) return fan.points[index]!;
    }
    return null;
  }

  readonly #hide = (): void => {
    this.#canvas.style.visibility = 'hidden';
    this.#tip.remove();
  };

  readonly #click = (event: LeafletMouseEvent): void => {
    const point = this.at(event.containerPoint.x, event.containerPoint.y);
    if (point) this.#onChoose(point);
  };

  readonly #hover = (event: LeafletMouseEvent): void => {
    const map = this.#map;
    if (!map || this.#fans.length === 0) return;
    const point = this.at(event.containerPoint.x, event.containerPoint.y);
    map.getContainer().classList.toggle(classes.pointing!, point !== null);
    if (!point) this.#tip.remove();
    else
      this.#tip
        .setLatLng(event.latlng)
        .setContent(textNode(this.#wordsOf(point)))
        .addTo(map);
  };

  readonly #draw = (): void => {
    const map = this.#map;
    if (!map) return;
    const size = map.getSize();
    const [padX, padY] = [Math.round(size.x * margin), Math.round(size.y * margin)];
    const [width, height] = [size.x + 2 * padX, size.y + 2 * padY];
    const density = Math.min(window.devicePixelRatio || 1, 2);
    this.#canvas.style.visibility = '';
    this.#canvas.width = width * density;
    this.#canvas.height = height * density;
    this.#canvas.style.width = `${width}px`;
    this.#canvas.style.height = `${height}px`;
    DomUtil.setPosition(this.#canvas, map.containerPointToLayerPoint([-padX, -padY]));
    const context = this.#canvas.getContext('2d')!;
    context.scale(density, density);
    context.translate(padX, padY);
    for (const fan of this.#fans) {
      const centre = map.latLngToContainerPoint([fan.lat, fan.lng]);
      const isNear =
        centre.x > -padX - fan.reach &&
        centre.y > -padY - fan.reach &&
        centre.x < size.x + padX + fan.reach &&
        centre.y < size.y + padY + fan.reach;
      if (isNear) drawFan(context, fan, centre, this.#colours);
    }
  };
}

function textNode(words: string): HTMLElement {
  const element = document.createElement('span');
  element.textContent = words;
  return element;
}

/** Also what the picture is drawn with. Settled cases are paler, late ones have a rim. */
export function drawFan(
  context: CanvasRenderingContext2D,
  fan: { points: readonly MapPoint[]; offsets: readonly Offset[]; radius: number },
  centre: { x: number; y: number },
  colours: PointColours,
): void {
  const withIcon = fan.radius > 10;
  for (const theme of themes) {
    for (const isClosed of [true, false]) {
      context.beginPath();
      fan.points.forEach((point, index) => {
        if (point.theme !== theme || closed.has(point.status) !== isClosed) return;
        const { x, y } = fan.offsets[index]!;
        context.moveTo(centre.x + x + fan.radius, centre.y + y);
        context.arc(centre.x + x, centre.y + y, fan.radius, 0, 2 * Math.PI);
      });
      context.globalAlpha = isClosed ? 0.45 : 1;
      context.fillStyle = colours.themes[theme];
      context.fill();
    }
  }
  context.globalAlpha = 1;
  context.beginPath();
  fan.points.forEach((point, index) => {
    if (!point.late) return;
    const { x, y } = fan.offsets[index]!;
    context.moveTo(centre.x + x + fan.radius, centre.y + y);
    context.arc(centre.x + x, centre.y + y, fan.radius, 0, 2 * Math.PI);
  });
  context.lineWidth = withIcon ? 2.5 : 1.4;
  context.strokeStyle = colours.alarm;
  context.stroke();
  if (!withIcon) return;
  const scale = (fan.radius * 1.2) / 24;
  fan.points.forEach((point, index) => {
    const { x, y } = fan.offsets[index]!;
    context.save();
    context.translate(centre.x + x - 12 * scale, centre.y + y - 12 * scale);
    context.scale(scale, scale);
    context.lineWidth = 2.2;
    context.lineCap = 'round';
    context.lineJoin = 'round';
    context.strokeStyle = colours.surface;
    context.stroke(new Path2D(glyphs[point.theme]));
    context.restore();
  });
}
