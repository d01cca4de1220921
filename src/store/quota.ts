export interface StorageState {
  /** Bytes used and allowed for this origin; null when the browser does not tell. */
  usage: number | null;
  quota: number | null;
  /** Whether the browser promised not to clear it by itself; null when it does not tell. */
  persisted: boolean | null;
}

/** What the browser says of its storage; never throws. */
export async function storageState(): Promise<StorageState> {
  const storage = globalThis.navigator?.storage as StorageManager | undefined;
  if (!storage) return { usage: null, quota: null, persisted: null };
  const [estimate, persisted] = await Promise.all([
    storage.estimate().catch((): StorageEstimate => ({})),
    storage.persisted?.().catch(() => null) ?? null,
  ]);
  return { usage: estimate.usage ?? null, quota: estimate.quota ?? null, persisted };
}

/** Asks that the browser never clears the projects by itself. False when it does not promise; never throws. */
export async function askPersistence(): Promise<boolean> {
  const storage = globalThis.navigator?.storage as StorageManager | undefined;
  return (await storage?.persist?.().catch(() => false)) ?? false;
}

/** Whether `incoming` bytes more would use over nine tenths of what is allowed. */
export function isQuotaNear({ usage, quota }: StorageState, incoming: number): boolean {
  return usage !== null && quota !== null && usage + incoming > 0.9 * quota;
}
