// Duty: names of settlements as quiet dots, for finding one's way without tiles. Shown close up only.
import { divIcon, type LayerGroup, type Map as LeafletMap, layerGroup, marker } from 'leaflet';
import classes from '../map.module.css';

export interface NamedPlace {
  name: string;
  lng: number;
  lat: number;
  chosen?: boolean;
}

const closeUp = 10.9;
const safe = (text: string) => text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);

export class PlaceNames {
  readonly #group: LayerGroup = layerGroup();
  readonly #always: boolean;
  #map: LeafletMap | null = null;

  constructor(options: { always?: boolean } = {}) {
    this.#always = options.always ?? false;
  }

  addTo(map: LeafletMap): void {
    this.#map = map;
    map.on('zoomend', this.#fit);
    this.#fit();
  }

  remove(): void {
    this.#map?.off('zoomend', this.#fit);
    this.#group.remove();
    this.#map = null;
  }

  show(places: readonly NamedPlace[], onChoose?: (place: number) => void): void {
    this.#group.clearLayers();
    places.forEach(({ name, lng, lat, chosen }, index) => {
      const icon = divIcon({
        className: `${classes.placeName} ${chosen ? classes.placeChosen : ''}`,
        html: `<span>${safe(name)}</span>`,
        iconSize: [0, 0],
      });
      const item = marker([lat, lng], {
        icon,
        interactive: onChoose !== undefined,
        keyboard: false,
        zIndexOffset: chosen ? 500 : -900,
      });
      if (onChoose) item.on('click', () => onChoose(index));
      item.addTo(this.#group);
    });
  }

  readonly #fit = (): void => {
    const map = this.#map;
    if (!map) return;
    if (this.#always || map.getZoom() >= closeUp) this.#group.addTo(map);
    else this.#group.remove();
  };
}
