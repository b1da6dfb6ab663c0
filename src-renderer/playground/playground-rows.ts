/** What the playground's tables show of a state, and where stepping stops. Pure. */
import { type Arch, ARCHS, type KernelFd, type PlaygroundRoutine, type PlaygroundRun, type State } from '../../src-main/contract/index';
import { beforeState, decimalOf, machineModel, type MachineModel, stackWords } from '../machine/machine-model';

/**
 * Where stepping by instructions stops: after the step behind which the next instruction comes, so that a CALL of the runtime is one
 * move, and a SYSCALL two (in, and back again); and at the end.
 */
export function stopsOf({ lines, steps }: Pick<PlaygroundRun, 'lines' | 'steps'>): number[] {
  const stops = lines.flatMap((line, i) => (line > 0 ? [i] : []));
  return [...stops, steps.length];
}

export interface Here {
  /** The line carried out last, and the one that comes next; 0: none. */
  done: number;
  next: number;
  activation: number;
}

export function hereAt({ lines, activationOf }: Pick<PlaygroundRun, 'lines' | 'activationOf'>, n: number): Here {
  const done = lines.slice(0, n).findLastIndex((line) => line > 0);
  const next = lines.findIndex((line, i) => i >= n && line > 0);
  const activation = activationOf[next] ?? activationOf[done] ?? -1;
  return { done: lines[done] ?? 0, next: lines[next] ?? 0, activation };
}

/** The place before the next step of a line after place n, else before its first; null: the run never comes there. */
export function placeOfLine(lines: readonly number[], line: number, n: number): number | null {
  const later = lines.findIndex((each, i) => i > n && each === line);
  const found = later >= 0 ? later : lines.indexOf(line);
  return found < 0 ? null : found;
}

/** The playground's one thread. */
const THREAD = 'M0';

const regsOf = (state: State): Readonly<Record<string, string>> => state.M[THREAD]?.regs ?? {};

export function modelOf(arch: Arch, before: State, now: State): MachineModel {
  return machineModel(arch, now, THREAD, beforeState(before, now, THREAD));
}

// ---- the frame

export interface FrameCell {
  address: string;
  /** Distance from the hardware's stack pointer, as an operand writes it. */
  fromSp: string;
  name: string;
  /** What kind of thing lies here. */
  kind: 'argument' | 'result' | 'local' | 'return' | 'link' | 'saved' | 'other';
  now: string;
  decimal: string;
  old: string | null;
}

type Named = Pick<FrameCell, 'name' | 'kind'>;

/** Names of stack words by address: of the activation that is under way, and of those that wait above it. */
function namesOf(
  run: Pick<PlaygroundRun, 'activations'>,
  routines: readonly PlaygroundRoutine[],
  arch: Arch,
  activation: number,
): Map<bigint, Named> {
  const names = new Map<bigint, Named>();
  const lowest = BigInt(run.activations[activation]?.fp ?? '0x0');
  for (const { symbol, fp } of run.activations.slice(0, activation + 1)) {
    const base = BigInt(fp);
    if (base < lowest) continue;
    const routine = routines.find((each) => each.symbol === symbol);
    if (!routine) continue;
    const add = (offset: number, name: string, kind: FrameCell['kind']): void => {
      const address = base + BigInt(offset);
      const word = address - (address & 7n);
      const known = address === word ? undefined : names.get(word);
      names.set(word, known ? { name: `${known.name} ${name}`, kind: known.kind } : { name, kind });
    };
    add(-8, '', ARCHS[arch].linkRegister === null ? 'return' : 'link');
    for (const each of routine.saved) add(each.offset, each.name, 'saved');
    for (const local of routine.locals) add(local.offset, `${local.name}${signed(local.fromSp)}(SP)`, 'local');
    for (const slot of routine.slots) add(slot.offset, `${slot.name}+${slot.offset}(FP)`, slot.isResult ? 'result' : 'argument');
  }
  return names;
}

const signed = (offset: number): string => (offset < 0 ? String(offset) : `+${offset}`);

/** What lies at and above the stack pointer; below it is left over from calls that have returned. */
export function frameCells(
  run: Pick<PlaygroundRun, 'activations'>,
  routines: readonly PlaygroundRoutine[],
  arch: Arch,
  before: State,
  now: State,
  activation: number,
): FrameCell[] {
  const stack = now.G.G1?.stack ?? {};
  const was = before.G.G1?.stack ?? {};
  const { name: spName, value: sp } = modelOf(arch, before, now).stackPointer;
  const names = namesOf(run, routines, arch, activation);
  return stackWords(stack, sp).map(({ address, at, now: value }) => {
    const old = was[address] ?? '0x0';
    const named = names.get(at) ?? { name: '', kind: 'other' };
    return {
      address,
      fromSp: `${at === sp ? '' : String(at - sp)}(${spName})`,
      ...named,
      now: value,
      decimal: named.kind === 'return' || named.kind === 'saved' ? '' : decimalOf(value),
      old: old === value ? null : old,
    };
  });
}

/** What the routine that main called has left in its results, by name; null: it has not come back, or has no result of that name. */
export function resultOf(
  run: Pick<PlaygroundRun, 'activations' | 'end'>,
  routine: PlaygroundRoutine | null,
  last: State,
  name: string,
): bigint | null {
  const slot = routine?.slots.find((each) => each.isResult && each.name === name);
  const [called] = run.activations;
  if (!slot || !called || run.end.kind !== 'return') return null;
  return BigInt(last.G.G1?.stack[`0x${(BigInt(called.fp) + BigInt(slot.offset)).toString(16)}`] ?? '0x0');
}

// ---- memory

export interface MemoryRow {
  address: string;
  bytes: { hex: string; isChanged: boolean }[];
  text: string;
  /** Registers that point into this row. */
  pointers: string[];
}

const ROW_BYTES = 8;
const ROWS_OF_BLOCK = 6;

/** The blocks of memory that the arguments, variables and the kernel have made, eight bytes to a row. */
export function memoryRows(before: State, now: State): { rows: MemoryRow[]; left: number }[] {
  const regs = Object.entries(regsOf(now)).filter(([name]) => name !== 'PC');
  return Object.entries(now.kernel.mem).map(([start, digits]) => {
    const was = before.kernel.mem[start] ?? '';
    const base = BigInt(start);
    const count = Math.ceil(digits.length / 2 / ROW_BYTES);
    const rows = Array.from({ length: Math.min(count, ROWS_OF_BLOCK) }, (_, i): MemoryRow => {
      const from = i * ROW_BYTES * 2;
      const line = digits.slice(from, from + ROW_BYTES * 2);
      const bytes = Array.from({ length: line.length / 2 }, (_unused, k) => {
        const hex = line.slice(2 * k, 2 * k + 2);
        return { hex, isChanged: was !== '' && was.slice(from + 2 * k, from + 2 * k + 2) !== hex };
      });
      const first = base + BigInt(i * ROW_BYTES);
      const pointers = regs
        .filter(([, value]) => BigInt(value) >= first && BigInt(value) < first + BigInt(bytes.length))
        .map(([name]) => name);
      return {
        address: `0x${first.toString(16)}`,
        bytes,
        text: bytes.map(({ hex }) => printable(Number.parseInt(hex, 16))).join(''),
        pointers,
      };
    });
    return { rows, left: Math.max(0, digits.length / 2 - ROWS_OF_BLOCK * ROW_BYTES) };
  });
}

function printable(byte: number): string {
  return byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·';
}

// ---- the kernel

export interface FdRow {
  fd: string;
  what: string;
  offset: number | null;
  isChanged: boolean;
}

export function fdRows(before: State, now: State): FdRow[] {
  return Object.entries(now.kernel.fds).map(([fd, row]) => {
    const was: KernelFd | undefined = before.kernel.fds[fd];
    const what = row.kind === 'file' || row.kind === 'tty' || row.kind === 'dir' ? row.path : `${row.kind} #${row.object}`;
    return { fd, what, offset: row.kind === 'file' ? row.offset : null, isChanged: JSON.stringify(was) !== JSON.stringify(row) };
  });
}

export interface ObjectRow {
  name: string;
  text: string;
  isChanged: boolean;
}

const SHOWN_TEXT = 60;
const short = (text: string): string => (text.length > SHOWN_TEXT ? `${text.slice(0, SHOWN_TEXT)}…` : text);

const mapText = (map: State['kernel']['maps'][number] | undefined): string =>
  map
    ? `${map.bytes} B, ${['r', 'w', 'x'].map((letter, i) => ((map.prot >> i) & 1 ? letter : '-')).join('')}${map.path === '' ? '' : ` ${map.path}`}`
    : '';

/** Files with their contents, pipes and other objects, and what mmap has made. */
export function objectRows(before: State, now: State): ObjectRow[] {
  const row = (name: string, was: unknown, is: unknown): ObjectRow => ({
    name,
    text: short(typeof is === 'string' ? is : JSON.stringify(is)),
    isChanged: JSON.stringify(was) !== JSON.stringify(is),
  });
  return [
    ...Object.entries(now.kernel.files).map(([path, file]) =>
      row(path, JSON.stringify(before.kernel.files[path]?.data), JSON.stringify(file.data)),
    ),
    ...Object.entries(now.kernel.objects).map(([id, object]) => row(`#${id}`, before.kernel.objects[id], object)),
    ...now.kernel.maps.map((map) =>
      row(`mmap ${map.start}`, mapText(before.kernel.maps.find(({ start }) => start === map.start)), mapText(map)),
    ),
    ...(['stdout', 'stderr'] as const)
      .filter((stream) => now.kernel[stream] !== '')
      .map((stream) => row(stream, JSON.stringify(before.kernel[stream]), JSON.stringify(now.kernel[stream]))),
  ];
}
