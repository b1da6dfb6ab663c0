/** A system call that the scheduler was told nothing of: whoever makes it still counts as running. Pure. */
import type { GId, MId } from '../../model/state';
import type { Chain, WhyLink } from './chain';

/** Thread m runs g after step `until`, which `link` says: adds that it is in the kernel, if it is. */
export function addUnannounced(chain: Chain, link: WhyLink, m: MId, g: GId, until: number): void {
  const row = chain.run.stateAt(until).M[m];
  if (!row?.kernel) return;
  const path = `M.${m}.kernel`;
  const dt = chain.timeAt(until) - chain.timeAt(chain.run.lastWrite(path, until));
  const inside = chain.add('g.raw', path, until, until, { g, m, p: row.p, object: row.kernel.name, dt, end: 'kernel' });
  if (inside) chain.because(link, inside.at);
}
