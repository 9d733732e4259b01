// Duty: the marks of advocacy as focusable buttons above or below the towns, kept in place while their numbers change. What a choice opens is the caller's.
import { divIcon, type LayerGroup, type Map as LeafletMap, layerGroup, type Marker, marker } from 'leaflet';
import type { AdvocacyLayer } from '../../../../shared/mapAdvocacy.ts';
import classes from '../advocacy.module.css';
import type { Mark } from '../advocacyMarks.ts';

/** Strokes on a 24 × 24 field (lucide, ISC licence): the icons that these things have everywhere. */
const strokes: Record<AdvocacyLayer, string> = {
  commitments:
    'm11 17 2 2a1 1 0 1 0 3-3M14 14l2.5 2.5a1 1 0 1 0 3-3l-3.88-3.88a3 3 0 0 0-4.24 0l-.88.88a1 1 0 1 1-3-3l2.81-2.81a5.79 5.79 0 0 1 7.06-.87l.47.28a2 2 0 0 0 1.42.25L21 4M21 3l1 11h-2M3 3 2 14l6.5 6.5a1 1 0 1 0 3-3M3 4h8',
  letters:
    'm22 7-8.991 5.727a2 2 0 0 1-2.009 0L2 7M4 4h16a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2z',
  campaigns:
    'M11 6a13 13 0 0 0 8.4-2.8A1 1 0 0 1 21 4v12a1 1 0 0 1-1.6.8A13 13 0 0 0 11 14H5a2 2 0 0 1-2-2V8a2 2 0 0 1 2-2zM6 14a12 12 0 0 0 2.4 7.2 2 2 0 0 0 3.2-2.4A8 8 0 0 1 10 14M8 6v8',
  issues: 'M16 16h6v6h-6zM2 16h6v6H2zM9 2h6v6H9zM5 16v-3a1 1 0 0 1 1-1h12a1 1 0 0 1 1 1v3M12 12V8',
};
const cross = 'M18 6 6 18M6 6l12 12';

const pane = 'advocacy';
const safe = (text: string) => text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);
const icon = (path: string) =>
  `<svg viewBox="0 0 24 24" width="15" height="15" fill="none" stroke="currentColor" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="${path}"/></svg>`;

function htmlOf({ pills }: Mark): string {
  return pills
    .map(({ layer, number, word, broken }) => {
      const words = word ? `<span>${safe(word)}</span>` : '';
      const end = broken ? `<span class="${classes.broken}">${icon(cross)}${safe(broken)}</span>` : '';
      return `<span class="${classes.pill}" data-layer="${layer}">${icon(strokes[layer])}<b>${safe(number)}</b>${words}${end}</span>`;
    })
    .join('');
}

export class AdvocacyLayerOnMap {
  readonly #group: LayerGroup = layerGroup();
  readonly #markers = new Map<string, { marker: Marker; html: string }>();
  readonly #onChoose: (key: string) => void;

  constructor(onChoose: (key: string) => void) {
    this.#onChoose = onChoose;
  }

  addTo(map: LeafletMap): void {
    const box = map.getPane(pane) ?? map.createPane(pane);
    // Above circles and their names.
    box.style.zIndex = '640';
    this.#group.addTo(map);
  }

  remove(): void {
    this.#group.remove();
    this.#markers.clear();
  }

  /** In reading order: the order of the Tab key. A mark whose numbers changed glows once. */
  show(marks: readonly Mark[], below: ReadonlySet<string>): void {
    const wanted = new Set(marks.map(({ key }) => key));
    for (const [key, known] of this.#markers) {
      if (wanted.has(key)) continue;
      known.marker.remove();
      this.#markers.delete(key);
    }
    for (const mark of marks) this.#draw(mark, below.has(mark.key));
  }

  focus(key: string): void {
    this.#markers.get(key)?.marker.getElement()?.focus();
  }

  #draw(mark: Mark, below: boolean): void {
    const known = this.#markers.get(mark.key) ?? this.#place(mark);
    const element = known.marker.getElement()!;
    const html = htmlOf(mark);
    if (known.html !== html) {
      const isNew = known.html === '';
      element.innerHTML = html;
      known.html = html;
      if (!isNew) {
        element.classList.remove(classes.glowing!);
        // Reading a measure lets the animation begin anew.
        void element.offsetWidth;
        element.classList.add(classes.glowing!);
      }
    }
    element.toggleAttribute(
      'data-words',
      mark.pills.some(({ word }) => word !== null),
    );
    element.toggleAttribute('data-below', below);
    element.setAttribute('aria-label', mark.words);
    element.title = mark.words;
  }

  #place({ key, lng, lat }: Mark): { marker: Marker; html: string } {
    const item = marker([lat, lng], {
      icon: divIcon({ className: classes.mark, iconSize: undefined }),
      keyboard: false,
      pane,
    });
    item.on('click', () => this.#onChoose(key));
    item.addTo(this.#group);
    const element = item.getElement()!;
    element.tabIndex = 0;
    element.setAttribute('role', 'button');
    element.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      this.#onChoose(key);
    });
    const placed = { marker: item, html: '' };
    this.#markers.set(key, placed);
    return placed;
  }
}
