// Duty: somebody with every published table, who knows the rule and can solve equations over whole numbers. Knows nothing of how it is kept.
import highsModule, { type Highs } from 'highs';
import { cellsOf, indicators, measures } from '../../shared/indicators.ts';
import type { FrozenIndicator } from '../../shared/summaries.ts';
import { type ReleaseAudience, smallestShown, type TableName } from '../../shared/summaryLists.ts';
import type { OutRelease } from './figureOffice.ts';

/** Its types speak of CommonJS, what is loaded is a module whose default is the function itself. */
const loadHighs = highsModule as unknown as typeof highsModule.default;
type Model = ReturnType<Highs['createModel']>;

let highs: Highs | null = null;
/** Once for the whole process: loading takes longer than solving. */
export async function openSolver(): Promise<void> {
  highs ??= await loadHighs();
}

const aboveAll = 100_000;
const isCounted = ({ computation }: Pick<FrozenIndicator, 'computation'>) =>
  computation === 'count' || computation === 'sum';

export interface Found {
  figure: string;
  release: number;
  least: number;
  most: number;
}

/**
 * One unknown per indicator, cell and month (and count of that month); tables add up to totals; what is shown is so; a share
 * bounds its part; people are no fewer than cases, and cases no fewer than those of them that were resolved and confirmed (so it is
 * while an office is young, when nothing from before is resolved). What a correction left alone is the same unknown. Beyond what anybody has, it is also told which withheld cells are small, as
 * whoever knows the rule may guess.
 */
export class Attacker {
  readonly #model: Model;
  readonly #unknowns = new Map<string, number>();
  readonly #out: readonly OutRelease[];
  readonly #audiences: readonly ReleaseAudience[];

  constructor(out: readonly OutRelease[], audiences: readonly ReleaseAudience[]) {
    this.#out = out;
    this.#audiences = audiences;
    this.#model = highs!.createModel();
    this.#model.options.set({ output_flag: false });
    this.#learn();
  }

  close(): void {
    this.#model.dispose();
  }

  #unknown(series: string, month: string, revision: number): number {
    const key = `${series} ${month} ${revision}`;
    const known = this.#unknowns.get(key);
    if (known !== undefined) return known;
    const index = this.#unknowns.size;
    this.#unknowns.set(key, index);
    this.#model.addVar(0, aboveAll);
    return index;
  }

  #sum(
    series: string,
    revisions: ReadonlyMap<string, number>,
    months: Iterable<string> = revisions.keys(),
  ): number[] {
    return [...months].map((month) => this.#unknown(series, month, revisions.get(month)!));
  }

  #row(least: number, most: number, plus: readonly number[], minus: readonly number[] = []): void {
    const indices = [...plus, ...minus];
    const values = [...plus.map(() => 1), ...minus.map(() => -1)];
    this.#model.addRow(least, most, { indices, values });
  }

  #learn(): void {
    const rows = new Set<string>();
    for (const { told, revisions, file } of this.#out) {
      for (const [month, revision] of revisions) {
        const key = `${month} ${revision}`;
        if (!rows.has(key)) this.#additions(told.funder.indicators, month, revision);
        rows.add(key);
      }
      for (const audience of this.#audiences) {
        for (const indicator of told[audience].indicators) {
          if (isCounted(indicator)) this.#shown(indicator, revisions);
          if (indicator.computation === 'share') this.#share(indicator, told[audience].indicators, revisions);
        }
      }
      // Its own stretches: which of the withheld cells are small. Of a table left out as a whole nobody can say.
      const audience = this.#audiences[0]!;
      const threshold = smallestShown[audience];
      for (const { measure, months, counts, told: says } of file.stretches) {
        if (measures[measure].unit === 'people') continue;
        const definition = indicators.find((item) => item.measure === measure && isCounted(item));
        if (!definition) continue;
        if (!says[audience].total && counts.total < threshold)
          this.#row(0, threshold - 1, this.#sum(definition.key, revisions, months));
        for (const [table, cells] of Object.entries(says[audience].tables)) {
          if (cells.length === 0) continue;
          for (const [cell, value] of Object.entries(counts.tables[table]!)) {
            if (cells.includes(cell)) continue;
            const sum = this.#sum(`${definition.key}/${table}/${cell}`, revisions, months);
            if (value < threshold) this.#row(0, threshold - 1, sum);
            else this.#row(threshold, aboveAll, sum);
          }
        }
      }
    }
  }

  #additions(all: readonly FrozenIndicator[], month: string, revision: number): void {
    const one = (series: string) => this.#unknown(series, month, revision);
    for (const { key, computation, tables } of all) {
      if (!isCounted({ computation })) continue;
      for (const { name, cells } of tables)
        this.#row(
          0,
          0,
          cells.map(({ cell }) => one(`${key}/${name}/${cell}`)),
          [one(key)],
        );
    }
    this.#row(0, 0, [one('cases.resolved/confirmation/confirmed')], [one('cases.confirmed')]);
    const noFewer = (most: string, least: string) => this.#row(0, aboveAll, [one(most)], [one(least)]);
    noFewer('cases.logged', 'cases.resolved');
    for (const table of ['municipality', 'theme'] satisfies TableName[])
      for (const cell of cellsOf(table)) {
        noFewer(`people.reached/${table}/${cell}`, `cases.logged/${table}/${cell}`);
        noFewer(`cases.logged/${table}/${cell}`, `cases.confirmed/${table}/${cell}`);
      }
  }

  #shown({ figure, tables }: FrozenIndicator, revisions: ReadonlyMap<string, number>): void {
    for (const { id, value } of [figure, ...tables.flatMap(({ cells }) => cells)])
      if (value !== null) this.#row(value, value, this.#sum(id, revisions));
  }

  /** Half a percent either way of the whole, where the whole is shown. */
  #share(
    indicator: FrozenIndicator,
    all: readonly FrozenIndicator[],
    revisions: ReadonlyMap<string, number>,
  ): void {
    const { value } = indicator.figure;
    const { measure, part } = indicators.find(({ key }) => key === indicator.key)!;
    const whole = all.find(({ key }) => key === measure)?.figure.value;
    if (value === null || whole == null || !part) return;
    this.#row(
      Math.ceil(((value - 0.5) * whole) / 100),
      Math.floor(((value + 0.5) * whole) / 100),
      this.#sum(`${measure}/${part.table}/${part.cell}`, revisions),
    );
  }

  /** What the withheld figures of the first audience could still be: the narrowest first. */
  bounds(): Found[] {
    const audience = this.#audiences[0]!;
    const found = new Map<string, Found>();
    this.#out.forEach(({ told, revisions }, release) => {
      for (const { computation, figure, tables } of told[audience].indicators) {
        if (!isCounted({ computation })) continue;
        for (const { id, value } of [figure, ...tables.flatMap(({ cells }) => cells)]) {
          const key = `${id} ${[...revisions].join()}`;
          if (value !== null || found.has(key)) continue;
          const sum = this.#sum(id, revisions);
          found.set(key, {
            figure: id,
            release,
            least: this.#solve(sum, 'least'),
            most: this.#solve(sum, 'most'),
          });
        }
      }
    });
    return [...found.values()].sort((a, b) => a.most - a.least - (b.most - b.least));
  }

  #setKind(kind: Parameters<Model['changeColIntegrality']>[1]): void {
    for (let index = 0; index < this.#unknowns.size; index += 1)
      this.#model.changeColIntegrality(index, kind);
  }

  #solve(sum: readonly number[], end: 'least' | 'most'): number {
    const { objectiveSense, modelStatus } = highs!.constants;
    this.#model.changeObjectiveSense(end === 'least' ? objectiveSense.minimize : objectiveSense.maximize);
    for (const index of sum) this.#model.changeColCost(index, 1);
    const run = () => {
      const { modelStatus: status } = this.#model.run();
      if (status !== modelStatus.optimal) throw new Error(`The equations have no solution: ${status}`);
    };
    run();
    // A corner that is whole is the bound among whole numbers too; only the others need more work.
    const isWhole = this.#model
      .getSolution()
      .colValue.every((value: number) => Math.abs(value - Math.round(value)) < 1e-6);
    if (!isWhole) {
      this.#setKind(highs!.constants.variableType.integer);
      run();
    }
    const value = Math.round(this.#model.getObjectiveValue());
    if (!isWhole) this.#setKind(highs!.constants.variableType.continuous);
    for (const index of sum) this.#model.changeColCost(index, 0);
    return value;
  }
}
