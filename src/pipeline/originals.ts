import { readOriginals } from '../store/intake';
import type { Original } from '../store/schema';

interface Wish {
  hash: string;
  resolve: (original: Original | null) => void;
  reject: (error: unknown) => void;
}

/** Reads the kept bytes of images; those asked for one right after the other are read in one transaction. */
export class Originals {
  private wishes: Wish[] = [];

  constructor(private readonly projectId: string) {}

  /** null when they are not kept (any more). Errors: `store`. */
  get(hash: string): Promise<Original | null> {
    return new Promise((resolve, reject) => {
      if (this.wishes.push({ hash, resolve, reject }) === 1) setTimeout(() => void this.read());
    });
  }

  private async read(): Promise<void> {
    const wishes = this.wishes;
    this.wishes = [];
    try {
      const hashes = wishes.map(({ hash }) => hash);
      const found = await readOriginals(this.projectId, hashes);
      wishes.forEach(({ resolve }, i) => resolve(found[i]));
    } catch (error) {
      wishes.forEach(({ reject }) => reject(error));
    }
  }
}
