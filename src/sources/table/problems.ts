import type { Problem } from '../../domain/table';

const FIRST = 500;

/** The first problems of a file, and how many there are. */
export class Problems {
  readonly first: Problem[] = [];
  count = 0;

  add(line: number, reason: string): void {
    this.count++;
    if (this.first.length < FIRST) this.first.push({ line, reason });
  }
}
