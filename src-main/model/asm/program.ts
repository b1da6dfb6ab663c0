/** Where a program's code and variables lie, and what lies at an address. */
import { type AddressSpace, type Code, decode } from './decode';
import type { Assembled, DataSymbol, Routine } from './listing';

const TEXT_BASE = 0x460000;
const SLOT_BYTES = 0x100;
const SLOTS = 0x2000;

/** Go's main, which calls every listing: nothing else lies where it goes on. */
const MAIN = 'main.main';

function slotOf(symbol: string): number {
  let hash = 0;
  for (const character of symbol) hash = (Math.imul(hash, 31) + (character.codePointAt(0) ?? 0)) >>> 0;
  return hash % SLOTS;
}

/** Where the code of a function outside of the listings lies: fixed, spread by a hash of the name. A program's own routines: Program. */
export function textAddress(symbol: string): bigint {
  return BigInt(TEXT_BASE + slotOf(symbol) * SLOT_BYTES);
}

/** Routines and variables of one or more listings, with their places in memory. */
export class Program implements Assembled, AddressSpace {
  readonly routines: Record<string, Routine>;
  readonly data: Record<string, DataSymbol>;
  private readonly addresses = new Map<Routine, bigint>();
  /** Decoded when first run. */
  private readonly codes = new Map<Routine, Code>();

  constructor({ routines, data }: Assembled) {
    this.routines = routines;
    this.data = data;
    const taken = takenSlots({ routines, data });
    // Behind the slots that a hash can name lies what finds its own taken: never looked for, so that many such names cost no more than few.
    let behind = SLOTS;
    for (const routine of Object.values(routines)) {
      const wanted = slotOf(routine.symbol);
      const count = Math.ceil((codeBytes(routine) + 1) / SLOT_BYTES);
      const slots = Array.from({ length: count }, (_, i) => wanted + i);
      const isFree = wanted + count <= SLOTS && slots.every((slot) => !taken.has(slot));
      this.addresses.set(routine, BigInt(TEXT_BASE + (isFree ? wanted : behind) * SLOT_BYTES));
      if (!isFree) behind += count;
      else for (const slot of slots) taken.add(slot);
    }
  }

  /** Where a routine begins. No two share a place. */
  routineAddress(routine: Routine): bigint {
    const address = this.addresses.get(routine);
    if (address === undefined) throw new Error(`${routine.symbol} belongs to another program`);
    return address;
  }

  codeOf(routine: Routine): Code {
    let code = this.codes.get(routine);
    if (!code) this.codes.set(routine, (code = decode(routine, this.routineAddress(routine), this)));
    return code;
  }

  readonly symbolAddress = (symbol: string): bigint => {
    const variable = Object.hasOwn(this.data, symbol) ? this.data[symbol] : undefined;
    if (variable) return BigInt(variable.address);
    const routine = Object.hasOwn(this.routines, symbol) ? this.routines[symbol] : undefined;
    return routine ? this.routineAddress(routine) : textAddress(symbol);
  };

  readonly locate = (address: bigint): { routine: Routine; index: number } | null => {
    for (const routine of Object.values(this.routines)) {
      const offset = address - this.routineAddress(routine);
      if (offset < 0n || offset >= BigInt(codeBytes(routine))) continue;
      const index = routine.instructions.findIndex((instruction) => instruction.offset === Number(offset));
      if (index >= 0) return { routine, index };
    }
    return null;
  };
}

/** What the routines must leave free: main, the variables, and the functions outside that the program names. */
function takenSlots({ routines, data }: Assembled): Set<number> {
  const taken = new Set([slotOf(MAIN)]);
  for (const { address, bytes } of Object.values(data)) {
    const from = Number(address) - TEXT_BASE;
    for (let slot = Math.floor(from / SLOT_BYTES); slot * SLOT_BYTES < from + bytes.length / 2; slot++) taken.add(slot);
  }
  for (const { instructions } of Object.values(routines)) {
    for (const operand of instructions.flatMap((instruction) => instruction.operands)) {
      const named = operand.kind === 'address' ? operand.of : operand;
      if (named.kind === 'symbol' && !Object.hasOwn(routines, named.name) && !Object.hasOwn(data, named.name))
        taken.add(slotOf(named.name));
    }
  }
  return taken;
}

function codeBytes({ instructions }: Routine): number {
  const last = instructions.at(-1);
  return last ? last.offset + last.bytes : 0;
}
