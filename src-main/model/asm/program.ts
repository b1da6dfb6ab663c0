/** Where a program's code and variables lie, and what lies at an address. */
import type { Assembled, Routine } from './listing';

const TEXT_BASE = 0x460000n;

/** Where a symbol's code lies: fixed, spread by a hash of the name, so that addresses tell routines apart. */
export function textAddress(symbol: string): bigint {
  let hash = 0;
  for (const character of symbol) hash = (Math.imul(hash, 31) + (character.codePointAt(0) ?? 0)) >>> 0;
  return TEXT_BASE + BigInt(hash % 0x2000) * 0x100n;
}

/** Programs by their routines: a routine is plain data and does not point back. */
const owners = new WeakMap<Routine, Assembled>();

/** Says which program the routines belong to now. */
export function adopt(program: Assembled): void {
  for (const routine of Object.values(program.routines)) owners.set(routine, program);
}

export function programOf(routine: Routine): Assembled | null {
  return owners.get(routine) ?? null;
}

/** The address of a routine or variable. */
export function symbolAddress(program: Assembled | null, symbol: string): bigint {
  const variable = program && Object.hasOwn(program.data, symbol) ? program.data[symbol] : undefined;
  return variable ? BigInt(variable.address) : textAddress(symbol);
}

/** The instruction at an address; null: no code of this program. */
export function locate(program: Assembled, address: bigint): { routine: Routine; index: number } | null {
  for (const routine of Object.values(program.routines)) {
    const offset = address - textAddress(routine.symbol);
    if (offset < 0n || offset > 0x100000n) continue;
    const index = routine.instructions.findIndex((instruction) => instruction.offset === Number(offset));
    if (index >= 0) return { routine, index };
  }
  return null;
}
