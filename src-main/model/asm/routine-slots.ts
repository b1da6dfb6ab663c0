/** What a routine keeps where: the caller's arguments and results (FP), and its own locals (the virtual SP), as its operands name them. */
import { INSTRUCTION_SETS } from './arch/instruction-sets';
import type { Instruction, MemoryOperand, Operand, Routine } from './listing';

export interface Slot {
  name: string;
  /** Bytes from FP. */
  offset: number;
  bytes: 1 | 2 | 4 | 8;
  /** The routine only writes it. */
  isResult: boolean;
}

export interface RoutineSlots {
  slots: Slot[];
  /** Locals: bytes from FP (negative), and from the virtual SP as the listing writes it. */
  locals: { name: string; offset: number; fromSp: number }[];
  /** Registers that the assembler saves in the frame: amd64's BP, arm64's link register. Bytes from FP. */
  saved: { name: string; offset: number }[];
}

interface Use {
  name: string;
  isRead: boolean;
}

/** Instructions whose last operand is written without being read. */
const ONLY_WRITES = /^(MOV|LEA|POP|SET)/;

function memoryOf(operand: Operand): MemoryOperand | null {
  if (operand.kind === 'memory') return operand;
  return operand.kind === 'address' && operand.of.kind === 'memory' ? operand.of : null;
}

function usesOf(routine: Routine, base: 'FP' | 'SP'): Map<number, Use> {
  const uses = new Map<number, Use>();
  for (const instruction of routine.instructions) {
    for (const [i, operand] of instruction.operands.entries()) {
      const memory = memoryOf(operand);
      if (memory?.base !== base || memory.hardware === null || memory.name === '') continue;
      const known = uses.get(memory.offset);
      uses.set(memory.offset, {
        name: known?.name ?? memory.name,
        isRead: (known?.isRead ?? false) || !isOnlyWritten(instruction, operand, i),
      });
    }
  }
  return uses;
}

function isOnlyWritten({ op, operands }: Instruction, operand: Operand, i: number): boolean {
  return operand.kind === 'memory' && operands.length > 1 && i === operands.length - 1 && ONLY_WRITES.test(op);
}

/** Arguments and results that TEXT makes room for but no operand names are called by their place. */
export function routineSlots(routine: Routine): RoutineSlots {
  const uses = usesOf(routine, 'FP');
  const covered = new Set([...uses.keys()].map((used) => Math.floor(used / 8)));
  for (let offset = 0; offset + 8 <= routine.argBytes; offset += 8) {
    if (!covered.has(offset / 8)) uses.set(offset, { name: 'arg', isRead: false });
  }
  const offsets = [...uses.keys()].filter((offset) => offset >= 0).sort((a, b) => a - b);
  const firstResult = offsets.find((offset) => uses.get(offset)?.isRead === false && uses.get(offset)?.name !== 'arg') ?? Infinity;
  const slots = offsets.map((offset, i): Slot => {
    const use = uses.get(offset);
    const isUnnamed = use?.name === 'arg' && !use.isRead;
    const end = offsets[i + 1] ?? Math.max(routine.argBytes, offset + 1);
    return {
      name: use?.name ?? '',
      offset,
      bytes: widthOf(offset, end),
      isResult: use?.isRead === false && (!isUnnamed || offset >= firstResult),
    };
  });
  const { saved, toLocals } = INSTRUCTION_SETS[routine.arch].placesIn(routine);
  const locals = [...usesOf(routine, 'SP')]
    .map(([offset, { name }]) => ({ name, offset: offset - toLocals, fromSp: offset }))
    .sort((a, b) => a.offset - b.offset);
  return { slots, locals, saved };
}

/** The largest natural size that ends before the next slot and crosses no multiple of 8. */
function widthOf(offset: number, end: number): Slot['bytes'] {
  const room = Math.min(end - offset, 8 - (((offset % 8) + 8) % 8));
  return room >= 8 ? 8 : room >= 4 ? 4 : room >= 2 ? 2 : 1;
}
