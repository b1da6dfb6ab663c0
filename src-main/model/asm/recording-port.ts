/**
 * The CPU's view of the state: registers and flags of a thread, read and written through the recorder. Numbers are kept next to their
 * texts in the state, so that a register is not read out of its text again as long as nobody else has written it.
 */
import type { Recorder } from '../run/recorder';
import type { MId, MRow } from '../state';
import type { CpuPort } from './access';
import type { FlagName } from './flags';

/** Memory behind the port: null and false mean that nothing is there. */
export type MemoryAccess = Pick<CpuPort, 'load' | 'store'>;

interface Held {
  text: string;
  value: bigint;
}

export function hex(value: bigint): string {
  return `0x${(value < 0n ? BigInt.asUintN(64, value) : value).toString(16)}`;
}

/** Texts of addresses: the same instructions and slots come again and again. */
export class AddressTexts {
  private readonly known = new Map<bigint, string>();

  of(address: bigint): string {
    let text = this.known.get(address);
    if (text !== undefined) return text;
    if (this.known.size >= 4_096) this.known.clear();
    this.known.set(address, (text = hex(address)));
    return text;
  }
}

/** `thread`: whose registers they are just now; a goroutine may go on on another one. */
export function recordingPort(to: Recorder, thread: () => MId, memory: MemoryAccess): CpuPort {
  const pcHeld: Held = { text: '0x0', value: 0n };
  const held = new Map<string, Held>([['PC', pcHeld]]);
  /** The flags last seen in the state, and their bits. */
  let list: string[] = NO_FLAGS;
  let mask = 0;
  const row = (): MRow => {
    const found = to.state.M[thread()];
    if (!found) throw new Error(`no ${thread()}`);
    return found;
  };
  const heldOf = (name: string): Held => {
    let found = held.get(name);
    if (!found) held.set(name, (found = { text: '0x0', value: 0n }));
    return found;
  };
  return {
    reg: (name) => {
      const text = row().regs?.[name];
      if (text === undefined) return 0n;
      const known = heldOf(name);
      if (known.text !== text) {
        known.value = BigInt(text);
        known.text = text;
      }
      return known.value;
    },
    setReg: (name, value) => {
      const known = heldOf(name);
      if (known.value !== value) {
        known.value = value;
        known.text = hex(value);
      }
      to.reg(thread(), name, known.text);
    },
    setPc: (value, text) => {
      pcHeld.value = value;
      pcHeld.text = text;
      to.reg(thread(), 'PC', text);
    },
    flag: (name) => row().flags?.includes(name) ?? false,
    setFlags: (flags) => {
      const now = row().flags ?? NO_FLAGS;
      if (now !== list) {
        list = now;
        mask = maskOf(now);
      }
      let set = mask;
      for (const name in flags) {
        const bit = BITS[name as FlagName];
        set = flags[name as FlagName] === true ? set | bit : set & ~bit;
      }
      if (set === mask) return;
      mask = set;
      list = listOf(set);
      to.flags(thread(), list);
    },
    load: (address, bytes) => memory.load(address, bytes),
    store: (address, bytes, value) => memory.store(address, bytes, value),
  };
}

const NO_FLAGS: string[] = [];

/** In the order of their names, which is that of the lists in the state. */
const NAMES: readonly FlagName[] = ['AF', 'C', 'CF', 'N', 'OF', 'PF', 'SF', 'V', 'Z', 'ZF'];
const BITS = Object.fromEntries(NAMES.map((name, i) => [name, 1 << i])) as Record<FlagName, number>;

/** Lists of flags are never changed in place, so equal ones are one. */
const lists: string[][] = [];

function listOf(mask: number): string[] {
  let list = lists[mask];
  if (!list) lists[mask] = list = NAMES.filter((name) => (mask & BITS[name]) !== 0);
  return list;
}

function maskOf(list: readonly string[]): number {
  let mask = 0;
  for (const name of list) mask |= BITS[name as FlagName];
  return mask;
}
