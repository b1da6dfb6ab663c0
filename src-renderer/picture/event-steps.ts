/** The steps at which events of one kind are told, for a picture of each. */
import type { Bridge, EventGroup, Result } from '../../src-main/contract/index';

/** As many as one page may have. */
const PAGE = 400;
/** Nobody looks at more pictures of one run. */
export const MOST_EVENT_PICTURES = 300;

/** In order, each once, none behind the horizon (null: there is none), the first MOST_EVENT_PICTURES of them. */
export async function eventSteps(ask: Bridge['events'], group: EventGroup, horizon: number | null): Promise<Result<number[]>> {
  const steps = new Set<number>();
  for (let from = 0; ;) {
    const page = await ask({ groups: [group], of: null, match: null, horizon, n: 0, from, count: PAGE });
    if (!page.ok) return page;
    const { events, isComplete, total } = page.value;
    // The list is made with the asks, a part with each; until it is whole its last events may turn out to be of another kind.
    if (!isComplete) continue;
    for (const { n } of events) if (n <= (horizon ?? Infinity)) steps.add(n);
    from += events.length;
    if (steps.size >= MOST_EVENT_PICTURES || from >= total || events.length === 0) break;
  }
  return { ok: true, value: [...steps].sort((a, b) => a - b).slice(0, MOST_EVENT_PICTURES) };
}
