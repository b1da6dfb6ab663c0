/**
 * The legend in the window: everybody and everything that the village draws, each with the glossary's word, Go's names and one line, as figures for
 * the same components; and whether it is in the present picture. Pure.
 */
import type { Language, Text } from '../../assets/words/index';
import type { GRow, PRow, State } from '../../src-main/contract/index';
import type { EventLook, VillageEvent } from './events';
import { LOOKS } from './events';
import { CHILD_POSES, type ChildPose, children, DOORS, EVENTS, glossary, type Doing, DOINGS, type ParentPose, parents } from './glossary';
import type { Sash } from './names';
import { lettersAwaited } from './post';
import type { ChildFigure, HouseFigure, ParentFigure, Plan } from './scene-figures';

/** Things with a drawing of their own in the legend. */
export const THINGS = [
  'padlock',
  'stay',
  'slate',
  'slip',
  'keys',
  'bench',
  'stool',
  'hourglass',
  'strip',
  'alarm',
  'lockkey',
  'bell',
  'rope',
  'post',
  'sun',
] as const;
export type ThingId = (typeof THINGS)[number];

/** What somebody is never without while doing that. */
export type Beside = 'bed' | 'bench' | 'mat' | 'post' | 'tree';

export type Drawing =
  | { kind: 'parent'; figure: ParentFigure; beside?: Beside | undefined }
  | { kind: 'child'; figure: ChildFigure; beside?: Beside | undefined }
  | { kind: 'house'; figure: HouseFigure }
  | { kind: 'thing'; id: ThingId }
  | { kind: 'event'; look: EventLook };

export interface CastEntry {
  /** The glossary's term. */
  id: string;
  word: Text;
  /** Go's names. */
  go: readonly string[];
  means: Text;
  drawing: Drawing;
  isHere: boolean;
}

/** Width and height of a figure's picture, in its own units; its feet stand at `FEET`. */
export const PICTURE = { w: 72, h: 66 };
export const WIDE_PICTURE = { w: 150, h: 52 };
const FEET = { x: 34, y: 60 };

const PARENT_BESIDE: Readonly<Partial<Record<Doing, Beside>>> = { asleep: 'bed', polling: 'post' };
const CHILD_BESIDE: Readonly<Partial<Record<ChildPose, Beside>>> = { waiting: 'bench', asleep: 'mat', hunting: 'tree' };

/** Each in somebody else's robe. */
const parentNames = parents.names.filter(({ role }) => role === null);
const watchman = parents.names.find(({ role }) => role === 'sysmon');
const [firstParent] = parentNames;
const [firstChild] = children.names;

export function parentIn(doing: Doing, robe: string | null | undefined = firstParent?.robe): ParentFigure {
  const pose: ParentPose = doing === 'returning' ? 'walking' : doing;
  const isLying = pose === 'asleep';
  return {
    id: 'M0',
    x: isLying ? 36 : doing === 'polling' ? 22 : FEET.x,
    y: isLying ? 52 : FEET.y,
    scale: 0.85,
    name: '',
    pose,
    robe: robe ?? '#666',
    address: doing === 'hunting' || doing === 'returning' ? 'P0' : null,
    key: doing === 'walking' ? 'P0' : null,
    doing,
    isBound: doing === 'outside',
    isRung: false,
  };
}

export function childIn(
  pose: ChildPose,
  { robe, sash }: { robe: string | null; sash: Sash | null } = { robe: firstChild?.robe ?? null, sash: firstChild?.sash ?? null },
): ChildFigure {
  const x = pose === 'hunting' ? 24 : FEET.x;
  return {
    id: 'G1',
    x,
    y: pose === 'raised' ? FEET.y : 56,
    scale: 1.3,
    name: '',
    robe: robe ?? '#666',
    sash: sash ?? 'band',
    pose,
    strip: null,
    reason: '',
    keeper: null,
    locks: '',
  };
}

function houseIn(door: HouseFigure['door']): HouseFigure {
  const isLit = door === 'open' || door === 'bolted';
  return {
    id: 'P0',
    x: PICTURE.w / 2,
    y: 60,
    scale: 0.4,
    plaque: 'P0',
    name: '',
    light: isLit ? 'lit' : 'dark',
    door,
    stay: 0,
    chalk: null,
    hidden: 0,
    bench: 0,
    timers: 0,
    // Outside of the picture: it is a thing of its own.
    plate: { x: -200, y: -200, scale: 1 },
  };
}

function entry(id: string, drawing: Drawing, isHere: boolean): CastEntry {
  const term = glossary.terms[id];
  if (!term) throw new Error(`assets/glossary.yaml has no term ${id}`);
  return { id, word: term.word, go: term.go, means: term.means, drawing, isHere };
}

export interface CastSections {
  parents: CastEntry[];
  children: CastEntry[];
  houses: CastEntry[];
  things: CastEntry[];
  events: CastEntry[];
}

/** `plan`: of the state. */
export function castOf(plan: Plan, state: State, event: VillageEvent | null): CastSections {
  const doings = new Set(plan.parents.map(({ doing }) => doing));
  const poses = new Set(plan.children.map(({ pose }) => pose));
  const doors = new Set(plan.houses.map(({ door }) => door));
  const strips = new Set(plan.children.map(({ strip }) => strip));
  const rows = Object.values(state.P as Record<string, PRow>);
  const here: Readonly<Record<ThingId, boolean>> = {
    padlock: doors.has('locked'),
    stay: plan.houses.length > 0,
    slate: plan.houses.some(({ chalk }) => chalk !== null),
    slip: plan.parents.some(({ address }) => address !== null),
    keys: plan.keys.length > 0,
    bench: rows.some(({ runq }) => runq.length > 0),
    stool: rows.some(({ runnext }) => runnext !== null),
    hourglass: rows.some(({ timers }) => timers.length > 0),
    strip: strips.has('yield'),
    alarm: strips.has('alarm'),
    lockkey: plan.children.some(({ locks }) => locks !== ''),
    bell: plan.parents.some(({ isRung }) => isRung),
    rope: Object.values(state.G as Record<string, GRow>).some(({ lockedm, status }) => lockedm !== null && status !== '_Gdead'),
    post: lettersAwaited(state) > 0 || state.kernel.poller !== null,
    sun: true,
  };
  return {
    parents: DOINGS.map((doing, i) => {
      const person = doing === 'watch' || doing === 'doze' ? watchman : parentNames[i % parentNames.length];
      const drawing = { kind: 'parent' as const, figure: parentIn(doing, person?.robe), beside: PARENT_BESIDE[doing] };
      return entry(`parent.${doing}`, drawing, doings.has(doing));
    }),
    children: CHILD_POSES.map((pose, i) =>
      entry(`child.${pose}`, { kind: 'child', figure: childIn(pose, children.names[i + 1]), beside: CHILD_BESIDE[pose] }, poses.has(pose)),
    ),
    houses: DOORS.map((door) => entry(`door.${door}`, { kind: 'house', figure: houseIn(door) }, doors.has(door))),
    things: THINGS.map((id) => entry(id, { kind: 'thing', id }, here[id])),
    events: EVENTS.map((kind) => entry(`event.${kind}`, { kind: 'event', look: LOOKS[kind] }, event?.kind === kind)),
  };
}

/** Who wears what: the named children, then the named parents. */
export const robes = (language: Language): { name: string; drawing: Drawing }[] => [
  ...children.names.map((each) => ({ name: each.name[language], drawing: { kind: 'child' as const, figure: childIn('raised', each) } })),
  ...parents.names.map((each) => ({
    name: each.name[language],
    drawing: { kind: 'parent' as const, figure: parentIn(each.role === 'sysmon' ? 'watch' : 'home', each.robe) },
  })),
];
