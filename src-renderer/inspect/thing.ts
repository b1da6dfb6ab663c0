/** One thing of the state, as its card calls it: by its name in the village and in Go, and what it is doing, in both voices. Pure. */
import { fill, type Language, WORDS } from '../../assets/words/index';
import {
  type GRow,
  type Lane,
  type LaneId,
  liesIn,
  type MRow,
  parsePath,
  type PRow,
  type Scenario,
  type State,
} from '../../src-main/contract/index';
import { short, type TimeText } from '../runtime-view/cell-text';
import { fieldsOf, type RowRef, rowOf, valueAt } from '../runtime-view/state-rows';
import { type Cell, Marks, technicalRow } from '../runtime-view/technical-rows';
import { type ChildPose, type Doing, meaning, thingNamed, word } from '../scene/glossary';
import { childName, houseName, parentName } from '../scene/names';
import { doorOf } from '../scene/scene-houses';
import { childOf, isAtDesk, isNeverMade, whereabouts } from '../scene/whereabouts';

export interface Thing {
  path: string;
  /** The row that it is, or lies in; null: registers, stacks, memory. */
  row: RowRef | null;
  /** Whose lane shows its life, there yet or not; null: it has none. */
  id: LaneId | null;
  /** Its name in the village; '' when the village has none for it. */
  village: string;
  /** In Go or in the kernel. */
  go: string;
  /** What it is doing or holds, in the village's words and in Go's; '' where there is nothing to say. */
  says: { village: string; go: string };
  /** Where it lies in the state. */
  places: readonly string[];
  /** Of a row what is read first. */
  fields: readonly Cell[];
  isThere: boolean;
}

interface Setting {
  state: State;
  cast: Scenario['cast'];
  language: Language;
  time: TimeText;
  /** By what name a goroutine or thread is known that is not there at this step. */
  known?: Pick<Lane, 'id' | 'role' | 'name'> | null;
}

/** So many fields are told. */
const MOST_FIELDS = 6;
const UNMARKED = new Marks([], new Set());
/** A row's kind, as its term in the glossary says it. */
const OWNER = { G: 'g', M: 'm', P: 'p' } as const;

/** A row's places: most have one. */
function placesOf(state: State, path: string, row: RowRef | null): readonly string[] {
  if (row?.path !== path || (row.kind !== 'poll' && row.kind !== 'process')) return [path];
  return fieldsOf(state, row).map((field) => field.path);
}

export function thingOf(path: string, setting: Setting): Thing {
  const { state, time, language } = setting;
  const row = rowOf(path);
  const { table, id } = parsePath(path);
  const owner = table === 'G' || table === 'M' || table === 'P' ? id : null;
  const isRow = row?.path === path;
  const value = valueAt(state, path);
  const fields = isRow ? technicalRow(state, row, 'must', UNMARKED, false, time).cells.slice(0, MOST_FIELDS) : [];
  return {
    path,
    row,
    id: isRow && owner !== null ? (owner as LaneId) : null,
    village: villageName(path, setting),
    go: goName(path, row),
    says: isRow ? rowSays(row, setting) : { village: fieldMeans(path, language), go: valueText(value, time) },
    places: placesOf(state, path, row),
    fields,
    isThere: isRow && (row.kind === 'poll' || row.kind === 'process') ? true : value !== undefined && value !== null,
  };
}

function goName(path: string, row: RowRef | null): string {
  if (!row) {
    const { id, field, below } = parsePath(path);
    if (field === 'regs') return `${id ?? ''} ${below.join('.')}`;
    if (field === 'stack') return `${id ?? ''} ${below.join('.')}`;
    return path.replace(/^kernel\.mem\./, 'mem ');
  }
  const inside =
    path === row.path ? '' : path.startsWith(`${row.path}.`) ? path.slice(row.path.length + 1) : (path.split('.').at(-1) ?? '');
  const name = row.kind === 'G' || row.kind === 'M' || row.kind === 'P' || row.id === row.kind ? row.id : `${row.kind} ${row.id}`;
  return inside === '' ? name : `${name}.${inside}`;
}

/** Of people and houses their own names; of what belongs to them the thing's, with whose it is. */
export function nameOf(id: string, { state, cast, language, known }: Setting): string {
  if (id in state.M) return parentName(id, (state.M as Record<string, MRow>)[id]?.role ?? 'worker', cast, language);
  if (id in state.P) return houseName(id, cast, language);
  if (id in state.G) return childName(id, (state.G as Record<string, GRow>)[id]?.name ?? '', cast, language);
  if (known?.id === id)
    return id.startsWith('M') ? parentName(id, known.role || 'worker', cast, language) : childName(id, known.name, cast, language);
  return '';
}

function villageName(path: string, setting: Setting): string {
  const { table, id, field } = parsePath(path);
  const { language } = setting;
  const whose = id === null ? '' : nameOf(id, setting);
  if (field === null && whose !== '') return whose;
  const letter = table === 'G' || table === 'M' || table === 'P' ? OWNER[table] : table;
  const term = thingNamed(field === null ? (path === 'poll' ? 'netpoll' : letter) : `${letter}.${field}`);
  if (!term) return whose;
  return whose === '' ? term.word[language] : fill(WORDS[language].inspect.of, { whose, what: term.word[language] });
}

/** What a field is for, where the village has a thing for it. */
function fieldMeans(path: string, language: Language): string {
  const { table, field } = parsePath(path);
  const letter = table === 'G' || table === 'M' || table === 'P' ? OWNER[table] : table;
  return field === null ? '' : (thingNamed(`${letter}.${field}`)?.means[language] ?? '');
}

function valueText(value: unknown, time: TimeText): string {
  const list = Array.isArray(value) ? (value as unknown[]) : null;
  if (!list || list.length <= 10) return short(value, time);
  return `${short(list.slice(0, 8), time).replace(/\]$/, '')} … ] ${list.length}`;
}

const voices = (id: Parameters<typeof word>[0], language: Language): string =>
  fill(WORDS[language].language.label, { name: word(id)[language], text: meaning(id)[language] });

function rowSays(row: RowRef, { state, language }: Setting): Thing['says'] {
  const { id } = row;
  switch (row.kind) {
    case 'M': {
      const own = (state.M as Record<string, MRow>)[id];
      if (!own) break;
      if (isNeverMade(state, id as `M${number}`, own))
        return { village: voices('event.threads', language), go: WORDS[language].inspect.thread.neverMade };
      return {
        village: own.dead ? '' : voices(`parent.${doingOf(state, id as LaneId, own)}`, language),
        go: threadSays(state, own, language),
      };
    }
    case 'P': {
      const own = (state.P as Record<string, PRow>)[id];
      if (!own) break;
      const door = doorOf(state, own);
      return { village: voices(`door.${door}`, language), go: houseSays(own, language) };
    }
    case 'G': {
      const own = (state.G as Record<string, GRow>)[id];
      if (!own) break;
      const pose = CHILD_POSES[own.status];
      return { village: pose ? voices(`child.${pose}`, language) : '', go: childSays(own, language) };
    }
    default: {
      return { village: thingNamed(row.kind === 'poll' ? 'netpoll' : row.kind)?.means[language] ?? '', go: '' };
    }
  }
  return { village: '', go: '' };
}

const CHILD_POSES: Readonly<Partial<Record<GRow['status'], ChildPose>>> = {
  _Grunning: 'raised',
  _Gcopystack: 'raised',
  _Grunnable: 'waiting',
  _Gwaiting: 'asleep',
  _Gpreempted: 'asleep',
  _Gsyscall: 'hunting',
};

/** What a parent says that it is doing, by where it is. */
function doingOf(state: State, id: LaneId, row: MRow): Doing {
  const where = whereabouts(state, id as `M${number}`, row);
  switch (where.at) {
    case 'rounds':
      return state.sysmon.deepsleep ? 'doze' : 'watch';
    case 'registry':
      return row.parked ? 'asleep' : 'desk';
    case 'post':
      return 'polling';
    case 'bed':
      return row.nextp === null ? 'asleep' : 'walking';
    case 'forest':
      return where.isAbroad ? 'abroad' : 'hunting';
    case 'door':
    case 'edge':
      return 'returning';
    case 'house':
      return row.curg !== null && !row.ong0 ? 'home' : row.spinning ? 'roaming' : 'desk';
    case 'heir':
      return 'walking';
    case 'outside':
      return 'outside';
    case 'lane':
    case 'nowhere':
      return isAtDesk(row) ? 'desk' : row.spinning ? 'roaming' : 'returning';
  }
}

function threadSays(state: State, row: MRow, language: Language): string {
  const says = WORDS[language].inspect.thread;
  const does = ((): string => {
    if (row.dead) return says.dead;
    if (row.incgo) return says.inC;
    if (row.kernel !== null) return fill(says.inCall, { call: row.kernel.name });
    if (row.parked) return says.parked;
    if (row.spinning) return says.spinning;
    const g = childOf(state, row);
    if (g === null) return says.schedules;
    return fill(row.ong0 ? says.serves : says.runs, { g });
  })();
  return row.p === null || row.dead ? does : fill(says.owns, { does, p: row.p });
}

function houseSays(row: PRow, language: Language): string {
  const says = WORDS[language].inspect.p;
  return row.m === null ? row.status : fill(says, { status: row.status, m: row.m });
}

function childSays(row: GRow, language: Language): string {
  const says = WORDS[language].inspect.goroutine;
  if (row.status === '_Gwaiting' && row.waitreason !== '') return fill(says.waits, { status: row.status, what: row.waitreason });
  return row.m === null ? row.status : fill(says.on, { status: row.status, m: row.m });
}

/** A person, house or thing in one line: what a list for those who do not see the picture says. */
export function lineOf(path: string, setting: Setting): string {
  const row = rowOf(path);
  const village = villageName(path, setting);
  const go = goName(path, row);
  // Its fields are not asked for: there are many people in a list.
  const says = row?.path === path ? rowSays(row, setting) : { village: '', go: valueText(valueAt(setting.state, path), setting.time) };
  const name = village === '' || village === go ? go : `${village} ${go}`;
  const [state] = says.village.split(WORDS[setting.language].language.before);
  return fill(WORDS[setting.language].language.label, { name, text: state !== undefined && state !== '' ? state : says.go });
}

/** The same with what it is in Go's words behind it: of people and houses only. */
export function bothOf(path: string, setting: Setting): string {
  const row = rowOf(path);
  const line = lineOf(path, setting);
  const { village, go } = row?.path === path ? rowSays(row, setting) : { village: '', go: '' };
  return village === '' || go === '' ? line : fill(WORDS[setting.language].inspect.both, { line, go });
}

/** Whether what is selected is this place, or a field of it that is a row. */
export const isOf = (selected: string | null, path: string): boolean => selected !== null && liesIn(selected, path);
