/** What comes by itself, waited for as long as a busy machine may need. */
import { vi } from 'vitest';

/** Vitest's own patience is a second; with the other checks beside them, two cores may not answer for several. */
const PATIENCE_MS = 60_000;

/** Asks again until `holds` no longer throws; its last complaint after a minute. */
export const eventually = <T>(holds: () => T | Promise<T>): Promise<T> => vi.waitFor(holds, { timeout: PATIENCE_MS, interval: 10 });
