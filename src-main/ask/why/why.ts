/**
 * Why somebody stands as they do: a chain of facts backwards, each a write of some step, and each led to by those before it. Derived from the
 * trace alone: a step that decides looks at places of the state, and whoever wrote such a place last before it is its cause. Pure.
 */
import type { GId, MId, PId } from '../../model/state';
import { Chain, type Teller, type WhyLink, type WhyRun } from './chain';
import { GReasons } from './g-reasons';
import { Meanwhile } from './meanwhile';
import { MReasons } from './m-reasons';
import { PReasons } from './p-reasons';
import { PlaceReasons } from './place-reasons';
import { decisionReads } from './reads';

export type { WhyEnd, WhyLink, WhyRun } from './chain';

export interface WhyAsk {
  /** A thread, P or goroutine, or a place of the state: `P.P0.runq`, `M.M1.regs.AX`. */
  of: string;
  n: number;
}

/** The first link is what was asked about; no links: nobody has this id, or there is no such place, at the step. */
export interface Why {
  links: WhyLink[];
  /** Whether what the model had read is known; if not, asking again finds more of it. */
  isComplete: boolean;
}

/** Fields that say what a G, M or P does and with whom: the chain of that G, M or P explains them better than the writes of the field alone. */
const OF_ROW = /^([GMP])\.(\1\d+)(?:\.(?:status|m|waitreason|curg|p|parked|blocked|spinning|kernel))?$/;

export class WhyFinder {
  constructor(private readonly run: WhyRun) {}

  find({ of, n }: WhyAsk): Why {
    const chain = new Chain(this.run);
    this.tell(chain, of, n);
    for (const link of chain.links) {
      if (link.causes.length === 0) link.end ??= link.n === 0 ? 'start' : 'more';
      if (link.n > 0) link.reads = decisionReads(this.run, link.n);
    }
    return { links: chain.links, isComplete: true };
  }

  /** Each of the three asks for the others: whoever runs a goroutine is why a P is busy, and a busy P is why a goroutine waits in its queue. */
  private tell(chain: Chain, of: string, n: number): void {
    const id = /^[GMP]\d+$/.test(of) ? of : (OF_ROW.exec(of)?.[2] ?? null);
    if (id === null) {
      new PlaceReasons(chain).of(of, n);
      return;
    }
    const ofG: Teller<GId> = (...asked) => goroutines.of(...asked);
    const processors = new PReasons(chain, ofG);
    const meanwhile = new Meanwhile(chain, processors, ofG);
    const goroutines: GReasons = new GReasons(
      chain,
      (...asked) => processors.of(...asked),
      (...asked) => meanwhile.tell(...asked),
    );
    const threads = new MReasons(chain, goroutines, processors);
    if (id.startsWith('G')) goroutines.of(id as GId, n, n);
    else if (id.startsWith('P')) processors.of(id as PId, n, n);
    else threads.of(id as MId, n, n);
  }
}
