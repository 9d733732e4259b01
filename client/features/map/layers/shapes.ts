// Duty: the municipalities as shapes with a soft fill, and their names. Which value fills them is the caller's.
import {
  divIcon,
  geoJSON,
  type LayerGroup,
  type Map as LeafletMap,
  layerGroup,
  marker,
  type Path,
} from 'leaflet';
import type { MunicipalitySlug } from '../../../../shared/directoryLists.ts';
import type { MapShapes } from '../../../../shared/mapViews.ts';
import classes from '../map.module.css';

export interface ShapeLook {
  name: string;
  /** Whether the name stands on the shape; a circle there carries it already, otherwise. */
  labelled: boolean;
  /** 0: no fill, 1 to 4. */
  step: number;
  /** Said when pointed at; null says the name alone. */
  value: string | null;
  /** Outside the viewer's scope or filter: drawn, but quietly. */
  quiet: boolean;
}

const safe = (text: string) => text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);

export class ShapeLayer {
  readonly #group: LayerGroup = layerGroup();
  readonly #paths = new Map<MunicipalitySlug, Path>();
  readonly #labels: LayerGroup = layerGroup();
  readonly #points = new Map<MunicipalitySlug, [number, number]>();

  constructor(shapes: MapShapes, onChoose?: (slug: MunicipalitySlug) => void) {
    geoJSON(shapes.outline, { interactive: false, style: { className: classes.outline, weight: 1.5 } }).addTo(
      this.#group,
    );
    for (const shape of shapes.municipalities) {
      const { slug, label } = shape.properties;
      const layer = geoJSON(shape, {
        interactive: onChoose !== undefined,
        style: { className: classes.shape, weight: 1.5 },
      });
      if (onChoose) layer.on('click', () => onChoose(slug));
      layer.addTo(this.#group);
      layer.eachLayer((path) => this.#paths.set(slug, path as Path));
      this.#points.set(slug, [label[1], label[0]]);
    }
  }

  addTo(map: LeafletMap): void {
    this.#group.addTo(map);
    this.#labels.addTo(map);
  }

  remove(): void {
    this.#labels.remove();
    this.#group.remove();
  }

  /** Fill and name of each; call after `addTo`. */
  show(looks: ReadonlyMap<MunicipalitySlug, ShapeLook>): void {
    this.#labels.clearLayers();
    for (const [slug, path] of this.#paths) {
      const look = looks.get(slug);
      const element = path.getElement();
      if (!look || !element) continue;
      element.setAttribute('data-step', String(look.step));
      element.toggleAttribute('data-quiet', look.quiet);
      path.unbindTooltip();
      if (look.value)
        path.bindTooltip(safe(`${look.name}: ${look.value}`), { sticky: true, className: classes.tip });
      // The values stand as text in the legend. Chromium lets Tab stop at SVG that listens for focus, as tooltips do.
      element.setAttribute('tabindex', '-1');
      if (!look.labelled) continue;
      const icon = divIcon({
        className: classes.shapeName,
        html: `<span>${safe(look.name)}</span>`,
        iconSize: [0, 0],
      });
      marker(this.#points.get(slug)!, {
        icon,
        interactive: false,
        keyboard: false,
        zIndexOffset: -1000,
      }).addTo(this.#labels);
    }
  }
}
