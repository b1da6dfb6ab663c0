/** Whether a request has its shape, without loading the shapes for the first question of a page. */
import type { RequestName } from '../contract/request-table';

/** The shapes have Zod with them. The page's first picture waits for startUp, and in what that asks nothing could have another shape. */
export async function shapedLater(name: RequestName, ask: unknown): Promise<{ data: unknown } | null> {
  return name === 'startUp' && isNothing(ask) ? { data: {} } : (await import('./request-shapes')).shaped(name, ask);
}

const isNothing = (ask: unknown): boolean =>
  typeof ask === 'object' && ask !== null && Object.getPrototypeOf(ask) === Object.prototype && Reflect.ownKeys(ask).length === 0;
