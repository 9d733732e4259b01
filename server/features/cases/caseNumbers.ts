// Duty: what the index's references say together: each municipality's letters, and how far each series has come.
import type { MunicipalitySlug } from '../../../shared/directory.ts';

export class CaseNumbers {
  readonly #codes = new Map<MunicipalitySlug, string>();
  readonly #highest = new Map<string, number>();

  read({ municipality, reference }: { municipality: MunicipalitySlug; reference: string }): void {
    const end = reference.lastIndexOf('-');
    const series = reference.slice(0, end);
    const number = Number(reference.slice(end + 1));
    if (!this.#codes.has(municipality)) this.#codes.set(municipality, series.split('-')[0]!);
    if (number > this.highest(series)) this.#highest.set(series, number);
  }

  codeOf(municipality: MunicipalitySlug): string | null {
    return this.#codes.get(municipality) ?? null;
  }

  highest(series: string): number {
    return this.#highest.get(series) ?? 0;
  }
}
