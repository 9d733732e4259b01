// Duty: circles of cases as focusable buttons on the map, kept in place while their numbers change. What a choice opens is the caller's.
import { divIcon, type LayerGroup, type Map as LeafletMap, layerGroup, type Marker, marker } from 'leaflet';
import type { Side } from '../labels.ts';
import classes from '../map.module.css';
import { circleSvg } from '../ring.ts';

export interface Circle {
  /** The same for the same spot, whatever it counts. */
  key: string;
  lng: number;
  lat: number;
  byTheme: number[];
  /** The number as written in the viewer's language. */
  number: string;
  /** Name under the circle. */
  name: string;
  /** All of it in words, for a screen reader. */
  words: string;
  /** Where its name has room. */
  side: Side;
  /** The cases themselves are drawn round the spot, as far out as so many pixels: the button is their name only. */
  fanned: number | null;
}

const safe = (text: string) => text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);
const glowMilliseconds = 1_300;

export class CircleLayer {
  readonly #group: LayerGroup = layerGroup();
  readonly #markers = new Map<string, { marker: Marker; html: string }>();
  readonly #onChoose: (key: string) => void;

  constructor(onChoose: (key: string) => void) {
    this.#onChoose = onChoose;
  }

  addTo(map: LeafletMap): void {
    this.#group.addTo(map);
  }

  remove(): void {
    this.#group.remove();
    this.#markers.clear();
  }

  /** In reading order: the order of the Tab key. */
  show(circles: readonly Circle[]): void {
    const keys = circles.map(({ key }) => key).join(' ');
    if (keys !== [...this.#markers.keys()].join(' ')) this.#rebuild(circles);
    for (const circle of circles) this.#draw(circle);
  }

  /** Once, then it settles. */
  glow(keys: readonly string[]): void {
    for (const key of keys) {
      const element = this.#markers.get(key)?.marker.getElement();
      if (!element) continue;
      element.classList.remove(classes.glowing!);
      // Reading a measure lets the animation begin anew for a spot that still glows.
      void element.offsetWidth;
      element.classList.add(classes.glowing!);
      setTimeout(() => element.classList.remove(classes.glowing!), glowMilliseconds);
    }
  }

  focus(key: string): void {
    this.#markers.get(key)?.marker.getElement()?.focus();
  }

  #rebuild(circles: readonly Circle[]): void {
    const focused = [...this.#markers].find(
      ([, one]) => one.marker.getElement() === document.activeElement,
    )?.[0];
    this.#group.clearLayers();
    this.#markers.clear();
    for (const { key, lng, lat } of circles) {
      const item = marker([lat, lng], {
        icon: divIcon({ className: classes.circle, iconSize: undefined }),
        keyboard: false,
      });
      item.on('click', () => this.#onChoose(key));
      item.addTo(this.#group);
      this.#markers.set(key, { marker: item, html: '' });
      const element = item.getElement()!;
      element.tabIndex = 0;
      element.setAttribute('role', 'button');
      element.addEventListener('keydown', (event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        this.#onChoose(key);
      });
    }
    if (focused) this.focus(focused);
  }

  #draw(circle: Circle): void {
    const known = this.#markers.get(circle.key)!;
    const element = known.marker.getElement()!;
    const name = `<span class="${classes.circleName}">${safe(circle.name)}</span>`;
    const isFan = circle.fanned !== null;
    const html = isFan
      ? `<span class="${classes.fanName}">${name}<b>${safe(circle.number)}</b></span>`
      : `<span class="${classes.disc}">${circleSvg(circle.byTheme, safe(circle.number))}</span><span class="${classes.under}">${name}</span>`;
    element.toggleAttribute('data-fan', isFan);
    element.dataset.name = circle.side ?? 'none';
    element.style.setProperty('--reach', `${Math.round(circle.fanned ?? 0)}px`);
    if (known.html !== html) element.innerHTML = html;
    known.html = html;
    element.setAttribute('aria-label', circle.words);
  }
}
