/** Asks every law after every step of a run. For tests and the soak: the product itself does not doubt its model at every step. */
import type { Law } from './law';
import { brokenBy, LAWS } from './laws';
import { LIVENESS, LivenessWatch } from './liveness';
import { Moment, type Place } from './moment';
import { Readers } from './readers';
import { EventOrder, type EventWatch } from './trace-order';
import type { MId, PId, State, Step } from '../state';

/**
 * A law's answer holds until a step lists something that the law reads. After so many steps every law looks at the whole state again all the
 * same: what was written without being listed is found soon.
 */
const WHOLE_LOOK_STEPS = 64;

const TICKS: readonly Place[] = ['P.schedtick', 'P.syscalltick'];

const readersOf = new WeakMap<readonly Law[], Readers>();

/** Who reads which place, by number: the laws in their order, those of LIVENESS behind them, and the ticks that are kept here. */
function readersFor(laws: readonly Law[]): Readers {
  let readers = readersOf.get(laws);
  if (!readers) {
    readers = new Readers([...laws.map(({ reads }) => reads), ...LIVENESS.map(({ reads }) => reads), TICKS]);
    readersOf.set(laws, readers);
  }
  return readers;
}

/** Laws that freezetheworld breaks: it writes stopwait and gcwaiting whatever they are, and whoever comes back from a system call finds no P, not even its own. */
const ABOUT_STOPPING: ReadonlySet<number> = new Set([12, 28, 29]);

export class LawKeeper {
  private readonly last = new Map<MId, Pick<Step, 'fn' | 'at'>>();
  private readonly ticks = new Map<PId, { schedtick: number; syscalltick: number }>();
  private readonly liveness: LivenessWatch;
  private readonly events: EventWatch;
  private readonly readers: Readers;
  /** 1: something that this reader reads may have changed since it was asked. */
  private readonly stale: Uint8Array;
  private moment: Moment | null = null;
  private untilWholeLook = 0;
  /** The program dies: freezetheworld stops the others as well as it can, and promises nothing about whoever is not stopped. */
  private isDying = false;

  /**
   * `laws` and `events`: those of the version that is played (of-version.ts). `wholeLookSteps` 1: nothing is taken from the step before. `costs`: what
   * the scenario changes in them.
   */
  constructor(
    first: State,
    private readonly laws: readonly Law[] = LAWS,
    private readonly wholeLookSteps = WHOLE_LOOK_STEPS,
    costs: Readonly<Record<string, number>> = {},
    events: new (first: State) => EventWatch = EventOrder,
  ) {
    this.liveness = new LivenessWatch({ costs, first });
    this.keepTicks(first);
    this.events = new events(first);
    this.readers = readersFor(laws);
    this.stale = new Uint8Array(laws.length + LIVENESS.length + 1);
  }

  private keepTicks(state: State): void {
    for (const [p, { schedtick, syscalltick }] of Object.entries(state.P)) this.ticks.set(p as PId, { schedtick, syscalltick });
  }

  /** `state` is as after `step`. Throws an error that names the step and the law. */
  check(state: State, step: Step): void {
    // A signal handler runs in between; the thread's own position has not changed.
    if (step.fn !== 'doSigPreempt') this.last.set(step.m, step);
    const moment = this.momentAfter(state, step);
    const { stale, laws } = this;
    this.isDying ||= step.fn === 'freezetheworld';
    const said =
      this.brokenLaw(moment) ??
      (this.isDying ? null : this.liveness.broken(moment, step.t, (i) => stale[laws.length + i] === 1)) ??
      // Go's exitsyscallfast gives up at once in a frozen world: whoever comes home then leaves a call that was never told to have blocked.
      (this.isDying ? null : this.events.broken(step));
    if (said !== null) throw new Error(`step ${step.n} (${step.m} ${step.fn}/${step.at}): ${said}`);
    if (stale[stale.length - 1] === 1) this.keepTicks(state);
    stale.fill(0, laws.length);
  }

  /** Notes, too, whose answers the step has made stale. */
  private momentAfter(state: State, step: Step): Moment {
    const { moment } = this;
    if (moment?.state !== state || --this.untilWholeLook <= 0) {
      this.untilWholeLook = this.wholeLookSteps;
      this.stale.fill(1);
      return (this.moment = new Moment(state, this.last, this.ticks, step));
    }
    moment.goOn(step);
    for (const [path] of step.set) {
      const readers = this.readers.of(path);
      for (const reader of readers) this.stale[reader] = 1;
    }
    return moment;
  }

  private brokenLaw(moment: Moment): string | null {
    const isLocked = moment.state.sched.lock !== null;
    for (let i = 0; i < this.laws.length; i++) {
      const law = this.laws[i] as Law;
      if ((this.stale[i] === 0 && law.reads !== null) || (law.outsideLock && isLocked)) continue;
      if (this.isDying && ABOUT_STOPPING.has(law.number)) continue;
      moment.hasLookedAround = false;
      const said = brokenBy(law, moment);
      if (said !== null) return said;
      this.stale[i] = moment.hasLookedAround ? 1 : 0;
    }
    return null;
  }
}
