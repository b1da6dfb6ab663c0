/**
 * What the timeline knows of the open run, and how it is looked at: which lanes, which part of which axis. Lanes are asked for twice: the
 * whole run, so that there is always something to draw, and the part that is seen, with some more on both sides, in full detail.
 */
import type {
  Lane,
  LaneAsk,
  LaneGroup,
  LaneId,
  LaneRows,
  LaneView,
  Link,
  LinksAsk,
  RowsAsk,
  RunLine,
  Who,
} from '../../src-main/contract/index';

export interface LaneSource {
  look: (ask: LaneAsk) => Promise<LaneView>;
  rows: (ask: RowsAsk) => Promise<LaneRows>;
  links: (ask: LinksAsk) => Promise<Link[]>;
  line: () => Promise<RunLine>;
}

export interface ShownLane {
  lane: Lane;
  who: readonly Who[];
  from: number;
  to: number;
}

/** What is to be drawn: places on an axis of so many places, in so many columns. */
export interface LaneWish {
  axis: LaneAsk['axis'];
  length: number;
  from: number;
  to: number;
  columns: number;
  ids: readonly LaneId[];
}

interface Known {
  axis: LaneAsk['axis'];
  from: number;
  to: number;
  columns: number;
  lanes: Map<LaneId, ShownLane>;
}

const EMPTY: Omit<Lane, 'id'> = {
  role: '',
  name: '',
  from: new Float64Array(0),
  to: new Float64Array(0),
  kind: new Uint8Array(0),
  who: new Uint32Array(0),
  shares: new Uint8Array(0),
};
/** How a hand moves what is seen: nearer, further away, to the sides; or it rests, or has gone to another place. */
type Turn = 'in' | 'out' | 'along' | 'rest';

/**
 * More is asked for than is seen, so that a hand asks again only after some turns of the wheel, and no more than the hand can want: an answer
 * costs the page by its size. `room`: on either side, in widths of what is seen; `finer`: than it is drawn.
 */
const BEYOND: Readonly<Record<Turn, { room: number; finer: number }>> = {
  in: { room: 0.1, finer: 3 },
  out: { room: 1.25, finer: 1 },
  along: { room: 0.75, finer: 1.25 },
  rest: { room: 0.5, finer: 2 },
};
/** When the hand rests there is so much on either side for the next move, in widths of what is seen. */
const LEAST_ROOM = 0.25;
/** What is known is drawn as long as it is so fine, in columns of the picture, and not so much finer that most of it is drawn in vain. */
const [LEAST_FINE, MOST_FINE] = [0.8, 6];
/** A hand that has moved so lately moves on: what comes in more detail is drawn with its next move, or when it rests. */
const REST_MS = 100;
/** Steps that follow each other faster have no arrows. */
const LINKS_APART_MS = 100;
const MOST_COLUMNS = 20_000;
const MOST_IDS = 1_000;
/** Own scenarios with more threads than these are looked at by P: there are always as many of those. */
const FEW_THREADS = 4;

export class TimelineStore {
  /** Null until it has been read. */
  line = $state.raw<RunLine | null>(null);
  rows = $state.raw<LaneRows | null>(null);
  links = $state.raw<readonly Link[]>([]);
  endNs = $state(0);
  groups = $state.raw<readonly LaneGroup[]>(['M']);
  axis = $state<LaneAsk['axis']>('step');
  /** The part of the axis that is seen; null: all of it. */
  window = $state.raw<{ from: number; to: number } | null>(null);
  pinned = $state.raw<readonly LaneId[]>([]);
  /** Lanes on which nothing happens are shown, too. */
  isUnfolded = $state(false);
  /** Raised when there is more to draw. */
  version = $state(0);
  /** The person has said which lanes to show. */
  private isChosen = false;
  private source: LaneSource | null = null;
  private opened = 0;
  private shown: Promise<unknown> = Promise.resolve();
  private whole: Known | null = null;
  private near: Known | null = null;
  private wish: LaneWish | null = null;
  private movedMs = -Infinity;
  /** How it was moved last. */
  private turn: Turn = 'rest';
  /** When the hand rests, more is asked for. */
  private settling: ReturnType<typeof setTimeout> | undefined;
  /** More detail has come and is to be drawn when the hand rests. */
  private late: ReturnType<typeof setTimeout> | undefined;
  private isAsking = false;
  private rowsAsk = '';
  /** What `rows` is the answer to. */
  private rowsOf = '';
  private linksAsk = '';
  private linksWantedMs = -Infinity;
  private linksTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly onFailure: (error: unknown) => void) {}

  /** Another run: how long it is is known at once, what happened in it follows. */
  open(source: LaneSource, endNs: number, isOwnScenario = false): void {
    const mine = ++this.opened;
    this.source = source;
    this.endNs = endNs;
    this.line = null;
    this.rows = null;
    this.links = [];
    this.window = null;
    this.pinned = [];
    this.whole = this.near = null;
    this.isAsking = false;
    this.rowsAsk = this.linksAsk = '';
    this.linksWantedMs = -Infinity;
    clearTimeout(this.linksTimer);
    this.movedMs = -Infinity;
    clearTimeout(this.late);
    clearTimeout(this.settling);
    this.late = this.settling = undefined;
    if (!this.isChosen) this.groups = ['M'];
    this.shown
      .then(() => (mine === this.opened ? source.line() : null))
      .then((line) => {
        if (line === null || mine !== this.opened) return;
        if (!this.isChosen) this.groups = isOwnScenario && line.counts.M > FEW_THREADS ? ['P'] : ['M'];
        this.line = line;
      }, this.onFailure);
    this.version++;
    void this.pump();
  }

  /** Until then nothing is asked for whatever is opened: nobody sees it. */
  waitFor(shown: Promise<unknown>): void {
    this.shown = shown;
  }

  /** Everything that has been asked for so far is there: a picture may be taken. */
  get isRead(): boolean {
    return (
      this.line !== null &&
      this.rows !== null &&
      this.rowsOf === this.rowsAsk &&
      !this.isAsking &&
      this.late === undefined &&
      this.settling === undefined &&
      this.nextAsk() === null
    );
  }

  choose(groups: readonly LaneGroup[]): void {
    this.isChosen = true;
    this.groups = groups;
  }

  pin(id: LaneId): void {
    this.pinned = this.pinned.includes(id) ? this.pinned.filter((each) => each !== id) : [...this.pinned, id];
  }

  /** Which lanes have something to show between two steps. The answer to an older question is not shown. */
  wantRows(ask: RowsAsk): void {
    const key = JSON.stringify(ask);
    if (!this.source || key === this.rowsAsk) return;
    this.rowsAsk = key;
    const mine = this.opened;
    this.source.rows(ask).then((rows) => {
      if (mine !== this.opened || key !== this.rowsAsk) return;
      this.rows = rows;
      this.rowsOf = key;
    }, this.onFailure);
  }

  wantLinks(ask: LinksAsk): void {
    const key = JSON.stringify(ask);
    if (!this.source || key === this.linksAsk) return;
    this.linksAsk = key;
    clearTimeout(this.linksTimer);
    const now = performance.now();
    if (now - this.linksWantedMs > LINKS_APART_MS) this.askLinks(ask);
    else {
      // Whoever goes on so quickly looks at no arrows: those of the steps between would be asked for and drawn in vain.
      if (this.links.length > 0) this.links = [];
      this.linksTimer = setTimeout(() => {
        this.askLinks(ask);
      }, LINKS_APART_MS);
    }
    this.linksWantedMs = now;
  }

  private askLinks(ask: LinksAsk): void {
    const [mine, key] = [this.opened, this.linksAsk];
    this.source?.links(ask).then((links) => {
      if (mine === this.opened && key === this.linksAsk) this.links = links;
    }, this.onFailure);
  }

  /** What is to be drawn now. One question is under way at a time; what it leaves open is asked next. */
  want(wish: LaneWish): void {
    const { wish: before } = this;
    this.wish = wish;
    if (before && (before.from !== wish.from || before.to !== wish.to)) {
      this.movedMs = performance.now();
      this.turn = turnOf(before, wish);
    }
    void this.pump();
  }

  private get isMoving(): boolean {
    return performance.now() - this.movedMs < REST_MS;
  }

  /** Asks for what is wanted when the hand rests, if that is more. */
  private settle(): void {
    if (this.isAsking || this.settling !== undefined || !this.isMoving || this.nextAsk('rest') === null) return;
    const restedMs = performance.now() - this.movedMs;
    this.settling = setTimeout(() => {
      this.settling = undefined;
      void this.pump();
    }, REST_MS - restedMs);
  }

  /** When the hand has rested so long. */
  private drawLater(): void {
    const restedMs = performance.now() - this.movedMs;
    this.late = setTimeout(() => {
      this.late = undefined;
      if (this.isMoving) this.drawLater();
      // What is asked for now that the hand rests is drawn with it.
      else if (!this.isAsking && this.nextAsk() === null) this.version++;
    }, REST_MS - restedMs);
  }

  private async pump(): Promise<void> {
    const ask = this.isAsking ? null : this.nextAsk();
    if (!ask || !this.source) {
      this.settle();
      return;
    }
    const mine = this.opened;
    this.isAsking = true;
    try {
      const view = await this.source.look(ask.ask);
      if (mine !== this.opened) return;
      const { from, to } = ask.into;
      // Whoever the run does not have has an empty lane, and is not asked for again.
      for (const id of ask.ask.ids) ask.into.lanes.set(id, { lane: { ...EMPTY, id }, who: view.who, from, to });
      for (const lane of view.lanes) ask.into.lanes.set(lane.id, { lane, who: view.who, from, to });
      this[ask.name] = ask.into;
      // A frame for it alone would be drawn between two moves of the hand, each of which draws everything anyway.
      if (ask.name === 'whole' || !this.isMoving) this.version++;
      else if (this.late === undefined) this.drawLater();
    } catch (error) {
      if (mine === this.opened) {
        this.wish = null;
        this.onFailure(error);
      }
    } finally {
      if (mine === this.opened) this.isAsking = false;
    }
    if (mine === this.opened) void this.pump();
  }

  private nextAsk(turn: Turn = this.isMoving ? this.turn : 'rest'): { ask: LaneAsk; into: Known; name: 'whole' | 'near' } | null {
    const { wish } = this;
    if (!wish || wish.ids.length === 0) return null;
    const isAll = wish.from <= 0 && wish.to >= wish.length;
    const columns = Math.min(MOST_COLUMNS, wish.columns);
    const { whole } = this;
    const base =
      whole?.axis === wish.axis && whole.columns >= columns && whole.to === wish.length
        ? whole
        : { axis: wish.axis, from: 0, to: wish.length, columns, lanes: new Map<LaneId, ShownLane>() };
    const missing = wish.ids.filter((id) => !base.lanes.has(id));
    if (missing.length > 0) return { ask: askOf(base, missing), into: base, name: 'whole' };
    if (isAll) return null;
    const { near } = this;
    const wide = wish.to - wish.from;
    const { room, finer } = BEYOND[turn];
    const least = turn === 'rest' ? LEAST_ROOM * wide : 0;
    const fineness = near ? near.columns / (near.to - near.from) / (columns / wide) : 0;
    const covers =
      near?.axis === wish.axis &&
      near.from <= Math.max(0, wish.from - least) &&
      near.to >= Math.min(wish.length, wish.to + least) &&
      fineness > LEAST_FINE &&
      fineness < MOST_FINE;
    const part =
      near && covers
        ? near
        : {
            axis: wish.axis,
            from: Math.max(0, wish.from - wide * room),
            to: Math.min(wish.length, wish.to + wide * room),
            columns: 0,
            lanes: new Map<LaneId, ShownLane>(),
          };
    if (part.columns === 0) part.columns = Math.min(MOST_COLUMNS, Math.ceil((finer * columns * (part.to - part.from)) / wide));
    const lacking = wish.ids.filter((id) => !part.lanes.has(id));
    return lacking.length > 0 ? { ask: askOf(part, lacking), into: part, name: 'near' } : null;
  }

  /** What is known of a lane in a part of an axis, the coarse parts first; empty: nothing yet. */
  partsOf(id: LaneId, axis: LaneAsk['axis'], from: number, to: number): ShownLane[] {
    const whole = this.whole?.axis === axis ? this.whole.lanes.get(id) : undefined;
    const near = this.near?.axis === axis && this.near.from < to && this.near.to > from ? this.near.lanes.get(id) : undefined;
    if (!near) return whole ? [{ ...whole, from, to }] : [];
    const parts = [{ ...near, from: Math.max(near.from, from), to: Math.min(near.to, to) }];
    if (whole && near.from > from) parts.unshift({ ...whole, from, to: near.from });
    if (whole && near.to < to) parts.unshift({ ...whole, from: near.to, to });
    return parts;
  }

  /** A lane in the most detail that is known. */
  laneOf(id: LaneId, axis: LaneAsk['axis']): ShownLane | undefined {
    const near = this.near?.axis === axis ? this.near.lanes.get(id) : undefined;
    return near ?? (this.whole?.axis === axis ? this.whole.lanes.get(id) : undefined);
  }
}

function turnOf(before: LaneWish, { axis, from, to }: LaneWish): Turn {
  if (before.axis !== axis || from >= before.to || to <= before.from) return 'rest';
  const wider = (to - from) / (before.to - before.from);
  // A hand that moves to the sides keeps the width but for what is rounded away.
  return wider < 0.999 ? 'in' : wider > 1.001 ? 'out' : 'along';
}

function askOf({ axis, from, to, columns }: Known, ids: readonly LaneId[]): LaneAsk {
  return { axis, from, to: Math.max(from + 1e-9, to), columns: Math.max(1, columns), ids: ids.slice(0, MOST_IDS) };
}
