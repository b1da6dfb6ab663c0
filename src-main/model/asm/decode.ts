/** A routine made ready for the CPU: each instruction's closure, address and places are worked out once. */
import type { Site } from './access';
import type { Carry, Effect } from './instruction-spec';
import { INSTRUCTION_SETS } from './arch/instruction-sets';
import { instructionNamed } from './instructions';
import type { Instruction, Routine } from './listing';

/** What a routine can ask of the program around it. */
export interface AddressSpace {
  /** Where a routine or variable lies. */
  symbolAddress: (symbol: string) => bigint;
  /** The instruction at an address; null: no code of this program. */
  locate: (address: bigint) => { routine: Routine; index: number } | null;
}

/** An instruction ready to be carried out again and again. */
export interface Decoded {
  carry: Carry;
  instruction: Instruction;
  /** Its own address and the one behind it. */
  pc: bigint;
  next: bigint;
  /** The address behind it in hex. */
  nextText: string;
  /** What the steps that carry it out have as `asm`. */
  place: { pc: string; text: string };
}

/** A routine's code where its program has put it. */
export interface Code {
  routine: Routine;
  space: AddressSpace;
  /** Address of the first instruction, and the one behind the last. */
  base: bigint;
  end: bigint;
  code: readonly Decoded[];
  /** Jumps by the index they lead to; one more than there are instructions, for a label at the end. */
  jumps: readonly { effect: Effect; pc: bigint; text: string }[];
}

const hex = (value: bigint): string => `0x${value.toString(16)}`;

export function decode(routine: Routine, base: bigint, space: AddressSpace): Code {
  const code = routine.instructions.map((instruction): Decoded => {
    const spec = instructionNamed(routine.arch, instruction.op);
    if (!spec) throw new Error(`no instruction ${instruction.op} on ${routine.arch}`);
    const pc = base + BigInt(instruction.offset);
    const next = pc + BigInt(instruction.bytes);
    const site: Site = { routine, addressOf: space.symbolAddress, base, next, suffix: instruction.suffix };
    const place = { pc: `${routine.symbol}+${instruction.offset}`, text: instruction.text };
    const own = spec.prepare(instruction.operands, site);
    const aside = INSTRUCTION_SETS[routine.arch].aside(instruction, site);
    const carry: Carry = aside === null ? own : (cpu) => (aside(cpu), own(cpu));
    return { carry, instruction, pc, next, nextText: hex(next), place };
  });
  const end = code.at(-1)?.next ?? base;
  const jumps = [...code, null].map((to, index) => ({
    effect: { kind: 'jump', index } as const,
    pc: to?.pc ?? end,
    text: hex(to?.pc ?? end),
  }));
  return { routine, space, base, end, code, jumps };
}
