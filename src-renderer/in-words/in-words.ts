/**
 * A state in words instead of pictures: what the step has done, who is in which house, where everybody else is and what each is doing, in both
 * voices, and a thread's registers. Pure.
 */
import { fill, type Language, WORDS } from '../../assets/words/index';
import {
  type Arch,
  type GId,
  type GRow,
  type LaneId,
  type MId,
  type MRow,
  type PId,
  type PRow,
  type Scenario,
  type State,
  type Step,
} from '../../src-main/contract/index';
import { bothOf, nameOf } from '../inspect/thing';
import { beforeStep, callRegisters, decimalOf, machineModel, type RegisterCell } from '../machine/machine-model';
import { machineThread, memoryRows } from '../machine/machine-rows';
import { short, type TimeText } from '../runtime-view/cell-text';
import { signWord } from '../scene/glossary';
import { type Where, whereabouts } from '../scene/whereabouts';

/** A line. One about a thing of the state has its path and can be selected. */
export interface Said {
  path: string | null;
  text: string;
}

export interface Group {
  title: string;
  lines: readonly Said[];
  /** How many lines were left out. */
  more: number;
}

export interface House extends Group {
  path: string;
}

export interface Setting {
  state: State;
  step: Step | null;
  cast: Scenario['cast'];
  language: Language;
  time: TimeText;
}

/** Lines of a group; the rest is only counted. Ten thousand goroutines are better searched. */
export const MOST_LINES = 24;
const MOST_HOUSES = 64;
/** Names in one line. */
const MOST_NAMES = 8;

const thing = (path: string, setting: Setting): Said => ({ path, text: bothOf(path, setting) });

function group(title: string, paths: readonly string[], setting: Setting): Group {
  return { title, lines: paths.slice(0, MOST_LINES).map((path) => thing(path, setting)), more: Math.max(0, paths.length - MOST_LINES) };
}

function names(ids: readonly GId[], setting: Setting): string {
  const words = WORDS[setting.language];
  const shown = ids.slice(0, MOST_NAMES).map((id) => `${nameOf(id, setting)} ${id}`.trim());
  if (ids.length > MOST_NAMES) shown.push(fill(words.inWords.more, { n: ids.length - MOST_NAMES }));
  return shown.join(words.language.list);
}

/** What the step has written, field by field. */
export function changesSaid({ step, language, time }: Setting): Said[] {
  const words = WORDS[language].inWords;
  const all = (step?.set ?? []).map(([path, old, now]) => ({
    path,
    text: fill(words.change, { field: path.replace(/^[GMP]\./, ''), old: cut(short(old, time)), now: cut(short(now, time)) }),
  }));
  const more = all.length - MOST_LINES;
  return more > 0 ? [...all.slice(0, MOST_LINES), { path: null, text: fill(words.more, { n: more }) }] : all;
}

const MOST_CHARACTERS = 120;
const cut = (text: string): string => (text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text);

type Place = Where['at'] | 'gone';

interface Parents {
  /** By house: inside, at the door, or on the way there with the key. */
  of: ReadonlyMap<PId, readonly MId[]>;
  elsewhere: Readonly<Record<'forest' | 'nursinghome' | 'lane', readonly MId[]>>;
}

function parentsOf(state: State): Parents {
  const of = new Map<PId, MId[]>();
  const elsewhere = { forest: [] as MId[], nursinghome: [] as MId[], lane: [] as MId[] };
  for (const [id, row] of Object.entries(state.M) as [MId, MRow][]) {
    if (row.dead) continue;
    const where = whereabouts(state, id, row);
    const at: Place = where.at;
    if ('p' in where && where.p !== null && at !== 'forest') {
      const there = of.get(where.p);
      if (there) there.push(id);
      else of.set(where.p, [id]);
    } else if (at === 'forest') elsewhere.forest.push(id);
    else if (at === 'bed') elsewhere.nursinghome.push(id);
    else if (at !== 'nowhere') elsewhere.lane.push(id);
  }
  return { of, elsewhere };
}

/** Each parent, followed by the child at its hand. */
function withChild(state: State, parents: readonly MId[]): string[] {
  return parents.flatMap((m) => {
    const g = state.M[m]?.curg ?? null;
    return g === null ? [`M.${m}`] : [`M.${m}`, `G.${g}`];
  });
}

export function housesSaid(setting: Setting): { houses: House[]; more: number } {
  const { state, language } = setting;
  const words = WORDS[language].inWords;
  const { of } = parentsOf(state);
  const all = Object.entries(state.P) as [PId, PRow][];
  const houses = all.slice(0, MOST_HOUSES).map(([id, row]): House => {
    const path = `P.${id}`;
    const inside = group('', withChild(state, of.get(id) ?? []), setting);
    const lines = [...inside.lines];
    if (lines.length === 0) lines.push({ path: null, text: words.nobody });
    if (row.runnext !== null) lines.push({ path: `P.${id}.runnext`, text: fill(words.stool, { who: names([row.runnext], setting) }) });
    if (row.runq.length > 0)
      lines.push({ path: `P.${id}.runq`, text: fill(words.bench, { n: row.runq.length, who: names(row.runq, setting) }) });
    return { path, title: bothOf(path, setting), lines, more: inside.more };
  });
  return { houses, more: Math.max(0, all.length - MOST_HOUSES) };
}

/** Children that are with no parent and in no queue: asleep, or between two places. */
function childrenOf(state: State): { asleep: string[]; onTheWay: string[] } {
  const told = new Set<string>(state.sched.runq);
  for (const row of Object.values(state.M as Record<MId, MRow>)) if (!row.dead && row.curg !== null) told.add(row.curg);
  for (const row of Object.values(state.P as Record<PId, PRow>)) for (const id of [row.runnext, ...row.runq]) if (id !== null) told.add(id);
  const found = { asleep: [] as string[], onTheWay: [] as string[] };
  for (const [id, row] of Object.entries(state.G) as [GId, GRow][]) {
    if (told.has(id) || row.status === '_Gdead' || row.status === '_Gidle') continue;
    (row.status === '_Gwaiting' ? found.asleep : found.onTheWay).push(`G.${id}`);
  }
  return found;
}

/** Everybody who is at no house, by place; empty places are left out. */
export function elsewhereSaid(setting: Setting): Group[] {
  const { state, language } = setting;
  const { forest, nursinghome, lane } = parentsOf(state).elsewhere;
  const children = childrenOf(state);
  const groups = [
    group(signWord('forest', language), withChild(state, forest), setting),
    group(signWord('lane', language), [...withChild(state, lane), ...children.onTheWay], setting),
    group(
      signWord('orphanage', language),
      state.sched.runq.map((id) => `G.${id}`),
      setting,
    ),
    group(signWord('creche', language), children.asleep, setting),
    group(signWord('nursinghome', language), withChild(state, nursinghome), setting),
    group(
      signWord('keys', language),
      state.sched.pidle.map((id) => `P.${id}`),
      setting,
    ),
  ];
  return groups.filter(({ lines }) => lines.length > 0);
}

function registerSaid(m: MId, { name, now, decimal, old, role }: RegisterCell, language: Language): Said {
  const words = WORDS[language];
  const value = (hex: string, small: string): string => (small === '' ? hex : `${hex} = ${small}`);
  const text = fill(words.inWords.register, { name, value: value(now, decimal), role: words.registers[role] });
  const was = old === null || role === 'next' ? '' : fill(words.inWords.was, { old: value(old, decimalOf(old)) });
  return { path: `M.${m}.regs.${name}`, text: `${text}${was}` };
}

/** null: no thread has run assembly yet. */
export function machineSaid(setting: Setting, arch: Arch): Group | null {
  const { state, step, language } = setting;
  const words = WORDS[language];
  const m = machineThread(state, step);
  const row = m === null ? undefined : state.M[m];
  if (m === null || !row) return null;
  const model = machineModel(arch, state, m, beforeStep(state, m, step));
  const flags = model.flags.filter(({ isOn }) => isOn).map(({ name }) => name);
  const lines: Said[] = [
    { path: `M.${m}`, text: row.kernel === null ? words.machine.user : `${words.machine.kernel}${words.language.comma}${row.kernel.name}` },
    ...(step?.asm ? [{ path: null, text: fill(words.inWords.instruction, { code: step.asm.text }) }] : []),
    ...callRegisters(model).map((cell) => registerSaid(m, cell, language)),
    { path: null, text: fill(words.inWords.flags, { flags: flags.length > 0 ? flags.join(words.language.list) : words.inWords.none }) },
    ...memoryRows(state, step).map(({ address, bytes, text }) => ({
      path: `kernel.mem.${address}`,
      text: fill(words.inWords.memory, { address, bytes: text === '' ? bytes : `“${text}”` }),
    })),
  ];
  return { title: `${words.window.machine} ${nameOf(m as LaneId, setting)} ${m}`, lines, more: 0 };
}
