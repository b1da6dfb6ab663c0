/**
 * What the assembler adds to a routine for the frame that its TEXT asks for, and where FP and the virtual SP lie then. Follows
 * cmd/internal/obj/x86/obj6.go and arm64/obj7.go of Go 1.14.
 * Simplified: without NOSPLIT the real assembler also adds a check of the stack's limit (it calls runtime.morestack); stacks do not grow here.
 */
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

const register = (name: string): Operand => ({ kind: 'register', name, part: 'whole' });
const constant = (value: number): Operand => ({ kind: 'immediate', value: BigInt(value), written: BigInt(value) });
const slot = (base: string, offset: number): Operand => ({ kind: 'memory', base, offset, name: '', index: null, scale: 1, hardware: null });

type Added = [op: string, suffix: Instruction['suffix'], text: string, operands: Operand[]];

interface Frame {
  /** What the stack pointer is lowered by. */
  stackBytes: number;
  /** From the stack pointer after that to FP, and to the virtual SP. */
  toFp: number;
  toLocals: number;
  enter: Added[];
  leave: Added[];
}

function amd64Frame(routine: Routine, hasCalls: boolean): Frame {
  const locals = Math.max(0, routine.frameBytes);
  // A routine without locals that is NOSPLIT or calls nobody keeps its caller's BP.
  const savesBp = !routine.flags.includes('NOFRAME') && !(locals === 0 && (routine.flags.includes('NOSPLIT') || !hasCalls));
  const n = locals + (savesBp ? 8 : 0);
  const bp = slot('SP', n - 8);
  const shown = n === 8 ? '(SP)' : `${n - 8}(SP)`;
  return {
    stackBytes: n,
    toFp: n + 8,
    toLocals: locals,
    enter: [
      ...(n > 0 ? [['SUBQ', '', `SUBQ $${n}, SP`, [constant(n), register('SP')]] satisfies Added] : []),
      ...(savesBp
        ? ([
            ['MOVQ', '', `MOVQ BP, ${shown}`, [register('BP'), bp]],
            ['LEAQ', '', `LEAQ ${shown}, BP`, [bp, register('BP')]],
          ] satisfies Added[])
        : []),
    ],
    leave: [
      ...(savesBp ? [['MOVQ', '', `MOVQ ${shown}, BP`, [bp, register('BP')]] satisfies Added] : []),
      ...(n > 0 ? [['ADDQ', '', `ADDQ $${n}, SP`, [constant(n), register('SP')]] satisfies Added] : []),
    ],
  };
}

/** A single store can move the stack pointer by at most this much. */
const MOST_BY_STORE = 0xf0;

function arm64Frame(routine: Routine, hasCalls: boolean): Frame {
  const locals = Math.max(0, routine.frameBytes);
  const isBare = routine.flags.includes('NOFRAME') || routine.frameBytes < 0 || (!hasCalls && locals === 0);
  if (isBare) return { stackBytes: locals, toFp: locals + 8, toLocals: locals, enter: [], leave: [] };
  // The link register's slot below, the frame pointer's above, and the whole a multiple of 16.
  const withLink = locals + 8;
  const extra = withLink % 16 === 8 ? 8 : 16;
  const n = withLink + extra;
  const saveFp: Added[] = [
    ['MOVD', '', 'MOVD R29, -8(RSP)', [register('R29'), slot('RSP', -8)]],
    ['SUB', '', 'SUB $8, RSP, R29', [constant(8), register('RSP'), register('R29')]],
  ];
  const restoreFp: Added[] = [['MOVD', '', 'MOVD -8(RSP), R29', [slot('RSP', -8), register('R29')]]];
  const store = Math.min(n, MOST_BY_STORE);
  const enter: Added[] =
    n === store
      ? [['MOVD', 'W', `MOVD.W R30, -${n}(RSP)`, [register('R30'), slot('RSP', -n)]], ...saveFp]
      : [
          ['SUB', '', `SUB $${n}, RSP, R20`, [constant(n), register('RSP'), register('R20')]],
          ['MOVD', '', 'MOVD R30, (R20)', [register('R30'), slot('R20', 0)]],
          ['MOVD', '', 'MOVD R20, RSP', [register('R20'), register('RSP')]],
          ...saveFp,
        ];
  const leave: Added[] = hasCalls
    ? [
        ...restoreFp,
        ['MOVD', 'P', `MOVD.P ${store}(RSP), R30`, [slot('RSP', store), register('R30')]],
        ...(n > store ? [['ADD', '', `ADD $${n - store}, RSP`, [constant(n - store), register('RSP')]] satisfies Added] : []),
      ]
    : [
        ['ADD', '', `ADD $${n}, RSP, RSP`, [constant(n), register('RSP'), register('RSP')]],
        ['SUB', '', 'SUB $8, RSP, R29', [constant(8), register('RSP'), register('R29')]],
      ];
  return { stackBytes: n, toFp: n + 8, toLocals: n - extra, enter, leave };
}

const CALLS = new Set(['CALL', 'BL']);
const MOVES_STACK: Record<string, number> = { PUSHQ: 8, PUSHFQ: 8, POPQ: -8, POPFQ: -8 };

/** The routine with its frame: labels and jumps renumbered, FP and the virtual SP placed. Sets `routine.stackBytes`. */
export function withFrame(routine: Routine, own: OwnCode): Framed {
  const hasCalls = own.instructions.some((instruction) => CALLS.has(instruction.op));
  const frame = routine.arch === 'amd64' ? amd64Frame(routine, hasCalls) : arm64Frame(routine, hasCalls);
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
    if (routine.arch === 'amd64') pushed += MOVES_STACK[instruction.op] ?? 0;
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
  return { op, suffix, operands, text, offset: 0, bytes: 0, line, inserted: true };
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
