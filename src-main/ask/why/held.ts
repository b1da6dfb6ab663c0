/** Who had a lock while a goroutine waited for it: whoever had it longest comes first. Pure. */
import type { GId } from '../../model/state';
import type { Chain, Teller, WhyLink } from './chain';

/** It was locked from step `from` on, and no longer after step `to`; null: it is locked still. */
interface Hold {
  g: GId;
  from: number;
  to: number | null;
  /** Of the wait, ns. */
  dt: number;
}

/** All that one goroutine had it; `longest` stands for it. */
interface Share {
  longest: Hold;
  dt: number;
  times: number;
}

/** What had made a goroutine come to step n only then, back to step `since`: adds it to `link`. */
export type LateTeller = (link: WhyLink, g: GId, n: number, since: number) => void;

/** So many locks and unlocks of one wait are looked through. */
const MOST_WRITES = 2_000;
/** Whoever had it for less of the wait than this did not keep anybody. */
const LEAST_SHARE = 0.1;
const MOST_TOLD = 3;

export class Held {
  constructor(
    private readonly chain: Chain,
    private readonly ofG: Teller<GId>,
    private readonly late: LateTeller,
  ) {}

  /**
   * Of a wait for `lock` (`mutex.mu`) between two steps: adds to `link` who had it. Which part of the wait that explains; 0: nothing is known.
   */
  tell(link: WhyLink, lock: { path: string; name: string }, since: number, until: number): number {
    if (!lock.path.startsWith('mutex.')) return 0;
    const place = `${lock.path}.locked`;
    const whole = this.chain.timeAt(until) - this.chain.timeAt(since);
    const shares = this.shares(place, since, until)
      .filter(({ dt, longest }) => longest.to === null || dt >= whole * LEAST_SHARE)
      .sort((one, other) => other.dt - one.dt)
      .slice(0, MOST_TOLD);
    let explained = 0;
    for (const { longest, dt, times } of shares) {
      const { g, from, to } = longest;
      const type = to === null ? 'held' : times > 1 ? 'held.often' : 'held.before';
      // Of one who has it still it is told since when, even if that was before the wait.
      const lasts = to === null ? this.chain.timeAt(until) - this.chain.timeAt(from) : dt;
      const m = from === 0 ? null : this.chain.run.step(from).m;
      const fact = this.chain.add(type, place, from, to ?? until, { object: lock.name, other: g, g: link.g, m, dt: lasts });
      if (!fact) break;
      this.chain.because(link, fact.at);
      explained += dt;
      if (!fact.isNew) continue;
      if (to === null) this.chain.because(fact.link, this.ofG(g, until, until));
      else this.late(fact.link, this.chain.run.step(to).g ?? g, to, from);
      if (fact.link.causes.length === 0) fact.link.end ??= 'clock';
    }
    return whole > 0 ? explained / whole : 0;
  }

  /** Backwards through its locks and unlocks; nothing when there are too many, for a sum of a part would be untrue. */
  private shares(place: string, since: number, until: number): Share[] {
    const { run } = this.chain;
    const all = new Map<GId, Share>();
    const began = this.chain.timeAt(since);
    let to: number | null = null;
    let at = run.lastWrite(place, until);
    for (let i = 0; i < MOST_WRITES; i++) {
      const g = at > 0 && this.chain.valueAt(place, at) === true ? run.step(at).g : null;
      if (g !== null) {
        const dt = this.chain.timeAt(to ?? until) - Math.max(began, this.chain.timeAt(at));
        const hold = { g, from: at, to, dt };
        const share = all.get(g) ?? { longest: hold, dt: 0, times: 0 };
        all.set(g, share);
        share.dt += dt;
        share.times++;
        // Who has it still is told so, however long others of its turns were.
        if (share.longest.to !== null && dt > share.longest.dt) share.longest = hold;
      }
      if (at <= since) return [...all.values()];
      to = at;
      at = run.lastWrite(place, at - 1);
    }
    return [];
  }
}
