/** The post station. Pure. */
import type { GRow, State } from '../../src-main/contract/index';

/** The station stands once Go has made its network poller (netpollinit); of a recorded run: while somebody has to do with it. */
export const hasPost = (state: Pick<State, 'G' | 'sched' | 'kernel'>): boolean =>
  state.sched.netpollInited || state.kernel.poller !== null || lettersAwaited(state) > 0;

/** How many children wait for a letter: goroutines that sleep until the network poller finds their descriptor ready. */
export function lettersAwaited({ G }: Pick<State, 'G'>): number {
  let count = 0;
  // Not as a list: every step goes through all of them.
  for (const id in G) {
    const row = (G as Record<string, GRow>)[id];
    if (row?.status === '_Gwaiting' && row.waitreason === 'IO wait') count++;
  }
  return count;
}
