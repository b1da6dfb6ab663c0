/** Who is where in a village of any size, counted and named but without a place yet. Every level of the picture is made of this. Pure. */
import type { Language } from '../../../assets/words/index';
import type { GId, GRow, Holders, MId, MRow, PId, PRow, Scenario, State, Step } from '../../../src-main/contract/index';
import { formatNs } from '../../timeline/format-ns';
import type { Door } from '../glossary';
import { locksOf } from '../held';
import { childName, childRobe, childSash, houseName, parentName, parentRobe } from '../names';
import { lettersAwaited } from '../post';
import { callTold, doorOf, slateOf, stayOf } from '../scene-houses';
import { houseLookedAt } from '../scene-parents';
import { childOf, isAtDesk, whereabouts } from '../whereabouts';
import type { Grown, Young } from './persons';
import { type Waiting, waitingBy } from './waiting';

/** What goes on in a house, by what is seen from afar. */
export type Doing = 'home' | 'threshold' | 'desk' | 'roaming' | 'bolted' | 'locked' | 'empty' | 'sealed' | 'ruin';

export interface TownHouse {
  id: PId;
  name: string;
  door: Door;
  doing: Doing;
  stay: number | null;
  chalk: number | null;
  /** Whoever is in it. RawSyscall: who is out but has not let it go. */
  parent: Grown | null;
  child: Young | null;
  /** Who has gone hunting from here and keeps the address; of several, whoever was the last to go. */
  away: Grown | null;
  /** The number that they keep with it: not always that of the plate, which goes on. */
  awayStay: number | null;
  /** How many others are out and keep its address, too: each of them comes here first. */
  keepers: number;
  /** Whoever is away is on the way there or back. */
  isOnWay: boolean;
  /** Before the door with the key: it is to be theirs. */
  heir: Grown | null;
  /** Woken in the nursing home, with its key by the pillow. */
  called: Grown | null;
  bench: number;
  /** The first on the bench: as many as are ever drawn, which is more where houses are few. */
  heads: readonly Young[];
  next: Young | null;
  timers: number;
  /** Its key hangs on the board. */
  isFree: boolean;
  isWatched: boolean;
}

export interface Hunter {
  parent: Grown;
  child: Young | null;
  /** The system call's name; '' in C, or on the way. */
  call: string;
  /** For how long, in words; '' while it is not known. A text, which stays the same while time goes on a little. */
  away: string;
  /** The address in the hand. RawSyscall: the house that stays bolted. */
  house: PId | null;
  stay: number | null;
  isAbroad: boolean;
  isBolted: boolean;
}

/** Somebody on the way: neither in a house, nor in the forest, nor in bed. */
export interface Walker {
  parent: Grown;
  child: Young | null;
  doing: 'walking' | 'roaming' | 'desk' | 'returning' | 'outside' | 'registry';
}

export interface Town {
  houses: readonly TownHouse[];
  /** Away for the longest first. */
  hunters: readonly Hunter[];
  walkers: readonly Walker[];
  /** The watchman; null before there is one. */
  watch: { parent: Grown; isDozing: boolean; at: PId | null } | null;
  atPost: Grown | null;
  /** How many letters are awaited; null: nobody has to do with the post. */
  post: number | null;
  orphans: readonly GId[];
  /** The first in the orphanage, at most ORPHANS. */
  firstOrphans: readonly Young[];
  /** Asleep in the nursing home, the next one to be woken first. */
  sleepers: readonly MId[];
  firstSleepers: readonly (Grown & { isAwake: boolean; key: PId | null })[];
  waiting: Waiting;
  keys: readonly PId[];
}

export interface TownInput {
  state: State;
  step: Step | null;
  cast: Scenario['cast'];
  language: Language;
  /** Who has which mutex; as good as nobody when it is not said. */
  held?: Holders;
}

/** So many are drawn on a bench; on one before few houses, which has the room of the field. */
export const BENCH_HEADS = 8;
const LONG_BENCH = { heads: 24, houses: 2 };
const ORPHANS = 24;
const SLEEPERS = 12;

export function townOf(input: TownInput): Town {
  const { state, step, cast, language } = input;
  const who = people(input);
  const looked = houseLookedAt({ state, step });
  const now = step?.t ?? 0;
  const inHouse = new Map<PId, MId>();
  const away = new Map<PId, MId>();
  const onWay = new Set<MId>();
  const keepers = new Map<PId, number>();
  const leaves = (p: PId, id: MId, { syscalltick }: MRow): void => {
    keepers.set(p, (keepers.get(p) ?? 0) + 1);
    const other = away.get(p);
    if (other === undefined || syscalltick >= (state.M[other] as MRow).syscalltick) away.set(p, id);
  };
  const heirs = new Map<PId, MId>();
  const called = new Map<PId, MId>();
  const hunters: { hunter: Hunter; awayNs: number }[] = [];
  const walkers: Walker[] = [];
  const asleep: MId[] = [];
  let watch: Town['watch'] = null;
  let atPost: Grown | null = null;
  for (const [id, row] of Object.entries(state.M) as [MId, MRow][]) {
    if (row.dead) continue;
    const where = whereabouts(state, id, row);
    const child = (): Young | null => {
      const g = childOf(state, row);
      return g === null ? null : who.child(g);
    };
    const walks = (doing: Walker['doing']): void => {
      walkers.push({ parent: who.parent(id, row), child: child(), doing });
    };
    switch (where.at) {
      case 'rounds':
        watch = { parent: who.parent(id, row), isDozing: state.sysmon.deepsleep, at: looked };
        break;
      case 'registry':
        walks('registry');
        break;
      case 'post':
        atPost = who.parent(id, row);
        break;
      case 'bed':
        asleep.push(id);
        if (row.nextp !== null) called.set(row.nextp, id);
        break;
      case 'forest': {
        if (where.p !== null) inHouse.set(where.p, id);
        const awayNs = row.kernel === null ? 0 : Math.max(0, now - row.kernel.since);
        const hunter: Hunter = {
          parent: who.parent(id, row),
          child: row.curg === null ? null : who.child(row.curg),
          call: row.kernel?.name ?? callTold(state, row.curg),
          away: awayNs > 0 ? formatNs(awayNs) : '',
          house: where.p ?? row.oldp,
          stay: stayOf(state, row),
          isAbroad: where.isAbroad,
          isBolted: where.p !== null,
        };
        hunters.push({ hunter, awayNs });
        if (row.oldp !== null) leaves(row.oldp, id, row);
        break;
      }
      case 'door':
        leaves(where.p, id, row);
        onWay.add(id);
        walks('returning');
        break;
      case 'edge':
        if (row.oldp !== null) leaves(row.oldp, id, row);
        onWay.add(id);
        walks('returning');
        break;
      case 'house':
        inHouse.set(where.p, id);
        break;
      case 'heir':
        heirs.set(where.p, id);
        walks('walking');
        break;
      case 'outside':
        walks('outside');
        break;
      case 'lane':
        walks(isAtDesk(row) ? 'desk' : row.spinning ? 'roaming' : 'returning');
        break;
      case 'nowhere':
        break;
    }
  }
  const free = new Set(state.sched.pidle);
  const letters = lettersAwaited(state);
  const rows = Object.entries(state.P) as [PId, PRow][];
  const heads = rows.length <= LONG_BENCH.houses ? LONG_BENCH.heads : BENCH_HEADS;
  const houses = rows.map(([id, row]): TownHouse => {
    const owner = inHouse.get(id);
    const out = away.get(id);
    const ownerRow = owner === undefined ? null : (state.M[owner] as MRow);
    const door = doorOf(state, row);
    const raised = ownerRow === null ? null : childOf(state, ownerRow);
    const doing = doingOf(door, ownerRow, out !== undefined);
    const grown = (m: MId | undefined): Grown | null => (m === undefined ? null : who.parent(m, state.M[m] as MRow));
    return {
      id,
      name: houseName(id, cast, language),
      door,
      doing,
      stay: stayOf(state, row),
      chalk: slateOf(state, id, row),
      parent: grown(owner),
      child: raised === null ? null : who.child(raised),
      away: grown(out),
      awayStay: out === undefined ? null : stayOf(state, state.M[out] as MRow),
      keepers: Math.max(0, (keepers.get(id) ?? 0) - (doing === 'locked' || doing === 'threshold' ? 1 : 0)),
      isOnWay: out !== undefined && onWay.has(out),
      heir: grown(heirs.get(id)),
      called: grown(called.get(id)),
      bench: row.runq.length,
      heads: row.runq.slice(0, heads).map(who.child),
      next: row.runnext === null ? null : who.child(row.runnext),
      timers: row.timers.length,
      isFree: free.has(id),
      isWatched: looked === id,
    };
  });
  // The list of the idle is a stack: whoever is to be woken next lies in front.
  const rank = new Map(state.sched.midle.map((id, i) => [id, i]));
  asleep.sort((a, b) => (rank.get(a) ?? -1) - (rank.get(b) ?? -1));
  return {
    houses,
    hunters: hunters.sort((a, b) => b.awayNs - a.awayNs).map(({ hunter }) => hunter),
    walkers,
    watch,
    atPost,
    post: atPost !== null || letters > 0 ? letters : null,
    orphans: state.sched.runq,
    firstOrphans: state.sched.runq.slice(0, ORPHANS).map(who.child),
    sleepers: asleep,
    firstSleepers: asleep.slice(0, SLEEPERS).map((id) => {
      const row = state.M[id] as MRow;
      return { ...who.parent(id, row), isAwake: !row.parked, key: row.nextp };
    }),
    waiting: waitingBy(state, who.child, input.held),
    keys: state.sched.pidle,
  };
}

function doingOf(door: Door, owner: MRow | null, hasLeft: boolean): Doing {
  switch (door) {
    case 'closed':
      // Its new parent is in already and about to light the lamps.
      return owner === null ? 'empty' : 'desk';
    case 'locked':
    case 'sealed':
    case 'ruin':
    case 'bolted':
      return door;
    case 'open':
      if (owner === null) return hasLeft ? 'threshold' : 'desk';
      return owner.curg !== null && !owner.ong0 ? 'home' : owner.spinning ? 'roaming' : 'desk';
  }
}

/** People by their rows: states share the rows that a step leaves alone, so whoever has it is mostly the same object, too. */
interface Known {
  children: WeakMap<GRow, Young>;
  parents: WeakMap<MRow, Grown>;
}

/** Of a cast in a language. */
const knownPeople = new WeakMap<Scenario['cast'], Map<Language, Known>>();

function knownIn(cast: Scenario['cast'], language: Language): Known {
  let byLanguage = knownPeople.get(cast);
  if (!byLanguage) knownPeople.set(cast, (byLanguage = new Map<Language, Known>()));
  let known = byLanguage.get(language);
  if (!known) byLanguage.set(language, (known = { children: new WeakMap<GRow, Young>(), parents: new WeakMap<MRow, Grown>() }));
  return known;
}

function grownOf(id: MId, row: MRow, cast: Scenario['cast'], language: Language): Grown {
  return {
    id,
    name: parentName(id, row.role, cast, language),
    robe: parentRobe(id, row.role, cast),
    isRung: row.signalPending,
  };
}

function youngOf(id: GId, row: GRow, locks: string, cast: Scenario['cast'], language: Language): Young {
  return {
    id,
    name: childName(id, row.name, cast, language),
    robe: childRobe(id, row.name, cast),
    sash: childSash(id, row.name, cast),
    strip: row.preempt ? 'yield' : row.stackguard0 === 'stackPreempt' ? 'alarm' : null,
    locks,
  };
}

/** By their ids, with names, robes and sashes. */
export function people({ state, cast, language, held = {} }: TownInput): {
  parent: (id: MId, row: MRow) => Grown;
  child: (id: GId) => Young;
} {
  const locks = locksOf(held);
  const { children, parents } = knownIn(cast, language);
  return {
    parent: (id, row) => {
      let grown = parents.get(row);
      if (grown?.id !== id || grown.isRung !== row.signalPending) parents.set(row, (grown = grownOf(id, row, cast, language)));
      return grown;
    },
    child: (id) => {
      const row = state.G[id] as GRow;
      const has = locks.get(id) ?? '';
      let young = children.get(row);
      if (young?.id !== id || young.locks !== has) children.set(row, (young = youngOf(id, row, has, cast, language)));
      return young;
    },
  };
}
