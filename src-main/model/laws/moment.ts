/** What a law sees: the state after a step, what led there, and of the state no more than the places that the law names. */
import { plainStep } from '../trace/queue-versions';
import type { KernelState } from '../kernel-state';
import type { GId, GRow, MId, MRow, PId, PRow, Sched, State, Step, SysmonRow } from '../state';

/** Each part of the state that laws read, and its fields. */
interface Fields {
  G: keyof GRow;
  M: keyof MRow;
  P: keyof PRow;
  sched: keyof Sched;
  sysmon: keyof SysmonRow;
  kernel: keyof KernelState;
}

/** A field wherever it stands, as `G.status`; or which rows a table has, as `G`. */
export type Place = 'G' | 'M' | 'P' | { [T in keyof Fields]: `${T}.${Fields[T]}` }[keyof Fields];

/** Of a row, the fields that stand in `R`. */
type Part<R extends Place, T extends keyof Fields, Row> = Pick<Row, Extract<keyof Row, R extends `${T}.${infer F}` ? F : never>>;

/** The state, of which only the places of `R` can be read: reading another one does not compile. */
export interface Seen<R extends Place> {
  G: Record<GId, Part<R, 'G', GRow>>;
  M: Record<MId, Part<R, 'M', MRow>>;
  P: Record<PId, Part<R, 'P', PRow>>;
  sched: Part<R, 'sched', Sched>;
  sysmon: Part<R, 'sysmon', SysmonRow>;
  kernel: Part<R, 'kernel', KernelState>;
}

const DOT = '.'.charCodeAt(0);

/** Where each thread stands: its last step. */
export type Lasts = ReadonlyMap<MId, Pick<Step, 'fn' | 'at'>>;
export type Ticks = ReadonlyMap<PId, { schedtick: number; syscalltick: number }>;

export interface Sight<R extends Place> {
  readonly state: Seen<R>;
  /** The tables' rows with their ids. */
  readonly gs: readonly (readonly [GId, Part<R, 'G', GRow>])[];
  readonly ms: readonly (readonly [MId, Part<R, 'M', MRow>])[];
  readonly ps: readonly (readonly [PId, Part<R, 'P', PRow>])[];
  /** The last step of each M. */
  readonly last: Lasts;
  /** The step that led here. */
  readonly step: Step;
  /** The ticks of all Ps before that step. */
  readonly ticks: Ticks;
}

/** Whether a path names a whole row, of G, M or P, which is put there when it is new. */
const isRow = (path: string): boolean => path.charCodeAt(1) === DOT && !path.includes('.', 2);

/** A step, and the state after it. May be used for the steps that follow, as long as the state is the same object. */
export class Moment implements Sight<Place> {
  /**
   * Whether somebody has asked for anything but the state: it changes with every step, so that an answer that is built on it holds for this
   * step only.
   */
  hasLookedAround = false;
  private rows: { G?: [GId, GRow][]; M?: [MId, MRow][]; P?: [PId, PRow][] } = {};
  private plain: Step | null = null;

  constructor(
    readonly state: State,
    private readonly lasts: Lasts,
    private readonly ticksBefore: Ticks,
    private ledHere: Step,
  ) {}

  /** Goes on to the next step. */
  goOn(step: Step): void {
    this.ledHere = step;
    this.plain = null;
    for (const [path] of step.set) if (isRow(path)) this.rows = {};
  }

  get gs(): [GId, GRow][] {
    return (this.rows.G ??= Object.entries(this.state.G) as [GId, GRow][]);
  }

  get ms(): [MId, MRow][] {
    return (this.rows.M ??= Object.entries(this.state.M) as [MId, MRow][]);
  }

  get ps(): [PId, PRow][] {
    return (this.rows.P ??= Object.entries(this.state.P) as [PId, PRow][]);
  }

  get last(): Lasts {
    this.hasLookedAround = true;
    return this.lasts;
  }

  get step(): Step {
    this.hasLookedAround = true;
    return (this.plain ??= plainStep(this.ledHere));
  }

  get ticks(): Ticks {
    this.hasLookedAround = true;
    return this.ticksBefore;
  }
}
