// Duty: the smallest collection that could be right: an array of plain objects with the same operations as the model test uses.

export interface Item {
  _id: number;
  /** Unique where present. */
  code?: number | undefined;
  n: number;
  tags: number[];
}

export class Reference {
  items = new Map<number, Item>();

  private taken(item: Item): boolean {
    return [...this.items.values()].some(
      (other) => other._id !== item._id && other.code === item.code && item.code !== undefined,
    );
  }

  insert(items: Item[]): { inserted: number; failed: boolean } {
    let inserted = 0;
    for (const item of items) {
      if (this.items.has(item._id) || this.taken(item)) return { inserted, failed: true };
      this.items.set(item._id, structuredClone(item));
      inserted++;
    }
    return { inserted, failed: false };
  }

  /** Changes what matches; 'duplicate' when one change would repeat a code, and that one is then as before. */
  update(
    matches: (item: Item) => boolean,
    change: (item: Item) => void,
    many: boolean,
  ): 'duplicate' | { matched: number; modified: number } {
    let matched = 0;
    let modified = 0;
    for (const item of this.all()
      .filter(matches)
      .slice(0, many ? undefined : 1)) {
      const changed = structuredClone(item);
      change(changed);
      if (this.taken(changed)) return 'duplicate';
      matched++;
      if (JSON.stringify(changed) !== JSON.stringify(item)) modified++;
      this.items.set(item._id, changed);
    }
    return { matched, modified };
  }

  remove(matches: (item: Item) => boolean, many: boolean): number {
    const gone = this.all()
      .filter(matches)
      .slice(0, many ? undefined : 1);
    for (const { _id } of gone) this.items.delete(_id);
    return gone.length;
  }

  all(): Item[] {
    return [...this.items.values()].sort((a, b) => a._id - b._id);
  }
}
