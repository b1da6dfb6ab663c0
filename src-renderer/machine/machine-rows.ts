/** What the machine view shows of a state: whose registers, which stack slots, what the kernel holds. Pure. */
import { changesOf, isRecorded, type GId, type MId, type State, type Step } from '../../src-main/contract/index';
import { type RegisterCell, stackWords } from './machine-model';

export interface StackCell {
  address: string;
  name: string;
  now: string;
  old: string | null;
}

/**
 * The thread to show: the step's own, when it runs assembly, has run some, or goes on with a goroutine that is inside of a routine; else one
 * in the kernel; else whoever has run assembly. null: nobody has.
 */
export function machineThread(state: State, step: Step | null): MId | null {
  // A recording tells of no machine; call paths are not those of routines of ours.
  if (isRecorded(state)) return null;
  if (step?.asm) return step.m;
  const own = step ? state.M[step.m] : undefined;
  if (step && own?.role === 'worker' && (own.regs !== null || isInRoutine(state, own.curg))) return step.m;
  const threads = Object.entries(state.M);
  // Of those in the kernel first the one whose P the step is about.
  const meant = new Set(changesOf(step, 'P').map(({ id }) => id));
  const inKernel = threads.filter(([, row]) => row.kernel !== null && row.regs !== null);
  const found =
    inKernel.find(([, row]) => row.oldp !== null && meant.has(row.oldp)) ?? inKernel[0] ?? threads.find(([, row]) => row.regs !== null);
  return found ? (found[0] as MId) : null;
}

function isInRoutine(state: State, g: GId | null): boolean {
  return g !== null && (state.G[g]?.frames.length ?? 0) > 0;
}

/**
 * Whether a thread is in the kernel by an instruction of the runtime's own (epoll_pwait, futex, a sleep on its note): no routine of package
 * syscall has led there, and what the thread ran last has nothing to do with it.
 */
export function isInBareCall(state: State, m: MId): boolean {
  const row = state.M[m];
  return row !== undefined && (row.kernel !== null || row.parked) && !isInRoutine(state, row.curg);
}

/**
 * Whether a thread that is in a bare call has told the scheduler before: it waits for a goroutine that is in a system call, and nothing but
 * entersyscallblock (under notetsleepg) leads to a bare one from there.
 */
export function isToldBefore(state: State, m: MId): boolean {
  const g = state.M[m]?.curg ?? null;
  return g !== null && state.G[g]?.status === '_Gsyscall';
}

/** On whose stack a thread is: its goroutine's, or its own, g0. `waits`: the goroutine that the thread has left for its g0 meanwhile. */
export function stackOwner(state: State, m: MId): { stack: GId | 'g0'; waits: GId | null } {
  const row = state.M[m];
  const curg = row?.curg ?? null;
  return row?.ong0 === true || curg === null ? { stack: 'g0', waits: curg } : { stack: curg, waits: null };
}

/** The registers worth a line in a small view, and the names of those that hold nothing. */
export function tellingRegisters(all: readonly RegisterCell[], focus: readonly string[]): { shown: RegisterCell[]; empty: string[] } {
  const isTelling = (reg: RegisterCell): boolean => reg.now !== '0x0' || reg.old !== null || focus.includes(reg.name);
  return { shown: all.filter(isTelling), empty: all.filter((reg) => !isTelling(reg)).map((reg) => reg.name) };
}

export interface MemoryRow {
  address: string;
  /** Hex. */
  bytes: string;
  /** The bytes as text, when they are text. */
  text: string;
  isChanged: boolean;
}

const SHOWN_MEMORY = 3;
const SHOWN_BYTES = 24;

/** User memory that system calls read or wrote: what the step changed comes first. */
export function memoryRows(state: State, step: Step | null): MemoryRow[] {
  const changed = new Set<string>();
  for (const { field, below, old, now } of changesOf(step, 'kernel')) {
    const [address] = below;
    if (field !== 'mem') continue;
    if (address !== undefined) changed.add(address);
    else
      for (const [address, bytes] of Object.entries((now ?? {}) as Record<string, string>))
        if ((old as Record<string, string> | null)?.[address] !== bytes) changed.add(address);
  }
  return Object.entries(state.kernel.mem)
    .sort(([a], [b]) => Number(changed.has(b)) - Number(changed.has(a)))
    .slice(0, SHOWN_MEMORY)
    .map(([address, bytes]) => ({ address, bytes: inShort(bytes), text: printable(bytes), isChanged: changed.has(address) }));
}

function inShort(hex: string): string {
  if (/^(00){4,}$/.test(hex)) return `00 × ${hex.length / 2}`;
  return hex.length > 2 * SHOWN_BYTES ? `${hex.slice(0, 2 * SHOWN_BYTES)}…` : hex;
}

/** The bytes as UTF-8 text; '' when they are none. */
function printable(hex: string): string {
  const bytes = Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  const text = new TextDecoder().decode(bytes.slice(0, 3 * SHOWN_BYTES)).replace(/[\0\n\uFFFD]+$/, '');
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  return /[\u0000-\u001f\uFFFD]/.test(text) ? '' : text;
}

/** The G whose frame is on show: whoever the thread runs, and while it is on g0 whoever its step is about. null: the thread has none. */
export function frameOwner(state: State, m: MId, step: Step | null): GId | null {
  return state.M[m]?.curg ?? (step?.m === m && step.g && Object.keys(state.G[step.g]?.stack ?? {}).length > 0 ? step.g : null);
}

/** `link`: the register that holds a return address; null: the architecture pushes it (ArchFacts). */
export function stackCells(state: State, g: GId | null, step: Step | null, via: string, sp: bigint, link: string | null): StackCell[] {
  const stack = g === null ? {} : (state.G[g]?.stack ?? {});
  const old = new Map(
    changesOf(step, 'G')
      .filter(({ id, field }) => id === g && field === 'stack')
      .flatMap(({ below: [slot], old: was }) => (slot === undefined ? [] : [[slot, was === null ? '' : String(was)]])),
  );
  const words = stackWords(stack, sp);
  const args = via.endsWith('6') ? 6 : 3;
  const names = [
    'trap+0',
    ...Array.from({ length: args }, (_, i) => `a${i + 1}+${8 * (i + 1)}`),
    ...['r1', 'r2', 'err'].map((name, i) => `${name}+${8 * (args + 1 + i)}`),
  ];
  // The frame's own slots are the last ones. Below them lies a return address, or the place where the caller keeps its link register, and
  // below that the routine's own copy.
  const first = words.length - names.length + (via === 'rawSyscallNoError' ? 1 : 0);
  return words.map(({ address, now }, i) => ({
    address,
    name: i >= first ? `${names[i - first] ?? ''}(FP)` : link === null ? 'return' : i === first - 1 ? `${link} caller` : link,
    now,
    old: old.get(address) ?? null,
  }));
}

/** What the machine holds besides registers. */
export type SectionId = 'memory' | 'stack' | 'frames' | 'strace' | 'fds' | 'objects' | 'out';

/** Fields of the kernel to the part that shows them. */
const SECTION_OF: Readonly<Partial<Record<string, SectionId>>> = {
  strace: 'strace',
  fds: 'fds',
  objects: 'objects',
  maps: 'objects',
  stdout: 'out',
};

/** Those that the step has something to do with: they are shown without being asked for. */
export function touchedSections(step: Step | null, memory: readonly MemoryRow[], cells: readonly StackCell[]): ReadonlySet<SectionId> {
  const touched = new Set(changesOf(step, 'kernel').flatMap(({ field }) => SECTION_OF[field ?? ''] ?? []));
  if (memory.some(({ isChanged }) => isChanged)) touched.add('memory');
  if (cells.some(({ old }) => old !== null)) touched.add('stack');
  if (changesOf(step, 'G').some(({ field }) => field === 'frames')) touched.add('frames');
  return touched;
}

type KernelMap = State['kernel']['maps'][number];

export interface KernelObjectRow {
  id: string;
  kind: string;
  text: string;
}

/** Bytes as text where they are text, else as hex; long ones are cut. */
function bytesText(hex: string): string {
  const bytes = hex.match(/../g) ?? [];
  const shown = bytes.slice(0, 24).map((byte) => Number.parseInt(byte, 16));
  const isText = shown.every((byte) => byte >= 0x20 && byte < 0x7f);
  const text = isText ? `"${String.fromCharCode(...shown)}"` : shown.map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
  return `${bytes.length} B${bytes.length === 0 ? '' : ` ${text}${bytes.length > 24 ? '…' : ''}`}`;
}

/** As many objects are listed, and as many maps: a program may make thousands, and each step would draw them all anew. */
const SHOWN_OBJECTS = 12;

/** The first of them, but those that the step has changed before all others. */
function firstOf<T>(all: readonly T[], isChanged: (each: T) => boolean): T[] {
  if (all.length <= SHOWN_OBJECTS) return [...all];
  const changed = all.filter(isChanged).slice(0, SHOWN_OBJECTS);
  return [...changed, ...all.filter((each) => !changed.includes(each)).slice(0, SHOWN_OBJECTS - changed.length)];
}

/**
 * Pipes, eventfds, epoll sets and sockets that the kernel holds, with the descriptors that lead to them, and what mmap has made. `more`: how
 * many others there are.
 */
export function kernelObjects({ kernel }: Pick<State, 'kernel'>, step: Step | null): { rows: KernelObjectRow[]; more: number } {
  const changes = changesOf(step, 'kernel');
  const touched = new Set(changes.flatMap(({ field, below: [id] }) => (field === 'objects' && id !== undefined ? [id] : [])));
  const written = changes.filter(({ field }) => field === 'maps');
  const before = new Set(written.flatMap(({ old }) => (Array.isArray(old) ? (old as KernelMap[]).map(mapText) : [])));
  const held = Object.entries(kernel.objects);
  const objects = firstOf(held, ([id]) => touched.has(id)).map(([id, object]) => {
    const fds = Object.entries(kernel.fds)
      .filter(([, fd]) => fd.object === Number(id) && fd.kind !== 'file')
      .map(([n]) => n);
    const fields = Object.entries(object)
      .filter(([key, value]) => key !== 'kind' && value !== null && value !== false && value !== '')
      .map(
        ([key, value]) =>
          `${key} ${key === 'bytes' || key === 'received' ? bytesText(String(value)) : typeof value === 'object' ? JSON.stringify(value) : String(value)}`,
      );
    return { id, kind: `${String(object.kind)} #${id}`, text: [...(fds.length > 0 ? [`fd ${fds.join(' ')}`] : []), ...fields].join(' · ') };
  });
  const maps = firstOf(kernel.maps, (map) => written.length > 0 && !before.has(mapText(map))).map((map) => ({
    id: `map${map.start}`,
    kind: 'mmap',
    text: mapText(map),
  }));
  return { rows: [...objects, ...maps], more: held.length - objects.length + kernel.maps.length - maps.length };
}

const mapText = ({ start, bytes, path, offset }: KernelMap): string => `${start} ${bytes} B${path === '' ? '' : ` ${path}@${offset}`}`;
