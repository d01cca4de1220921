/** Which picture lies where in an atlas of so many places, at most one place for each row; the longest unused goes first. */
export class PictureSlots {
  private readonly slots = new Map<number, number>();
  private free: number[];

  /** Places `first` .. `first + count - 1`. */
  constructor(first: number, count: number) {
    this.free = Array.from({ length: count }, (_, i) => first + count - 1 - i);
  }

  /** The place of a row, which is the youngest from now on; undefined when it has none. */
  of(row: number): number | undefined {
    const slot = this.slots.get(row);
    if (slot === undefined) return undefined;
    // A Map keeps insertion order: put back, the entry is the youngest.
    this.slots.delete(row);
    this.slots.set(row, slot);
    return slot;
  }

  /** Gives a row a place, taken from the row that was not asked for longest unless it is in `kept`; null when all are kept. */
  claim(row: number, kept: ReadonlySet<number>): number | null {
    const known = this.of(row);
    if (known !== undefined) return known;
    let slot = this.free.pop();
    if (slot === undefined) {
      for (const [old, place] of this.slots)
        if (!kept.has(old)) {
          this.slots.delete(old);
          slot = place;
          break;
        }
    }
    if (slot === undefined) return null;
    this.slots.set(row, slot);
    return slot;
  }

  /** The row has no picture after all. */
  release(row: number): void {
    const slot = this.slots.get(row);
    if (slot !== undefined && this.slots.delete(row)) this.free.push(slot);
  }
}
