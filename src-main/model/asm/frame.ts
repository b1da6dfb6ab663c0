/**
 * What the assembler adds to a routine for the frame that its TEXT asks for, and where FP and the virtual SP lie then (Go 1.14).
 * Simplified: without NOSPLIT the real assembler also adds a check of the stack's limit (it calls runtime.morestack); stacks do not grow here.
 */
import { ARCHS } from './arch/index';
import type { Added, Frame } from './arch/frame-spec';
import { INSTRUCTION_SETS } from './arch/instruction-sets';
import type { Instruction, MemoryOperand, Operand, Routine } from './listing';

/** A routine's own instructions with the numbers that jumps and labels use. */
export interface OwnCode {
  instructions: Instruction[];
  labels: Map<string, number>;
}

export interface Framed {
  instructions: Instruction[];
  labels: Map<string, number>;
  stackBytes: number;
  /** RETs at which the stack is not as it was found, and by how many bytes. */
  unbalanced: { instruction: Instruction; bytes: number }[];
}

/** What pushes and pops: amd64 only has them. */
const MOVES_STACK: Record<string, number> = { PUSHQ: 8, PUSHFQ: 8, POPQ: -8, POPFQ: -8 };

/** The routine with its frame: labels and jumps renumbered, FP and the virtual SP placed. Sets `routine.stackBytes`. */
export function withFrame(routine: Routine, own: OwnCode): Framed {
  const hasCalls = own.instructions.some((instruction) => instruction.op === ARCHS[routine.arch].mnemonics.call);
  const frame = INSTRUCTION_SETS[routine.arch].frameOf(routine, hasCalls);
  const out: Instruction[] = frame.enter.map((added) => inserted(added, routine.line));
  const places: number[] = [];
  const unbalanced: Framed['unbalanced'] = [];
  let pushed = 0;
  for (const instruction of own.instructions) {
    places.push(out.length);
    if (instruction.op === 'RET') {
      for (const added of frame.leave) out.push(inserted(added, instruction.line));
      if (pushed !== 0) unbalanced.push({ instruction, bytes: pushed });
      pushed = 0;
    }
    instruction.operands = instruction.operands.map((operand) => placed(operand, frame, pushed));
    out.push(instruction);
    pushed += MOVES_STACK[instruction.op] ?? 0;
  }
  places.push(out.length);
  const moved = (index: number): number => places[index] ?? out.length;
  for (const instruction of out) {
    instruction.operands = instruction.operands.map((operand) =>
      operand.kind === 'label' ? { ...operand, index: moved(operand.index) } : operand,
    );
  }
  return {
    instructions: out,
    labels: new Map([...own.labels].map(([name, index]) => [name, moved(index)])),
    stackBytes: frame.stackBytes,
    unbalanced,
  };
}

function inserted([op, suffix, text, operands]: Added, line: number): Instruction {
  return { op, suffix, operands, text, offset: 0, bytes: 0, code: '', line, inserted: true };
}

/** Gives FP and the virtual SP their distance from the hardware's stack pointer, which PUSH and POP move. */
function placed(operand: Operand, frame: Frame, pushed: number): Operand {
  if (operand.kind === 'address')
    return operand.of.kind === 'memory' ? { ...operand, of: placedMemory(operand.of, frame, pushed) } : operand;
  return operand.kind === 'memory' ? placedMemory(operand, frame, pushed) : operand;
}

function placedMemory(memory: MemoryOperand, frame: Frame, pushed: number): MemoryOperand {
  if (memory.base === 'FP') return { ...memory, hardware: frame.toFp + pushed };
  if (memory.base === 'SP' && memory.name !== '') return { ...memory, hardware: frame.toLocals + pushed };
  return memory;
}
