// Duty: ties the store, the catalogue, the records and the open cursors into one database, and runs its housekeeping.
import { Catalogue } from './catalogue.ts';
import { Cursors } from './cursors.ts';
import { Records } from './records.ts';
import { Store, type StoreOptions } from './store.ts';

export class Engine {
  readonly store: Store;
  readonly catalogue: Catalogue;
  readonly records: Records;
  readonly cursors = new Cursors();
  readonly startedAt = new Date();

  constructor(dir: string, options: StoreOptions = {}) {
    this.store = new Store(dir, options);
    this.catalogue = new Catalogue(this.store);
    this.records = new Records(this.store, this.catalogue);
  }

  /** A write transaction with everything in it: see `Store.write`. */
  write<T>(work: () => T): Promise<T> {
    return this.store.write(() => {
      try {
        return work();
      } finally {
        this.catalogue.saveCounts();
      }
    });
  }

  async close(): Promise<void> {
    this.cursors.closeAll();
    await this.store.close();
  }
}
