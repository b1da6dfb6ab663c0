/**
 * Gives every instruction of a routine its bytes and its place, as the real assembler does: jumps are short where their short form reaches,
 * and constants that no instruction holds lie behind the code.
 */
import { hexOf, littleEndian, type Placement, Unencodable } from './encoding';
import type { InstructionSpec } from './instruction-spec';
import { instructionNamed } from './instructions';
import type { Instruction, Routine, Work } from './listing';

/** Told of each instruction that has no bytes. */
export type Refuse = (instruction: Instruction, why: Unencodable) => void;

const NOWHERE: Placement = { distance: 0, isLong: false, constantAt: () => 0 };

export function layOut(routine: Routine, work: Work, refuse: Refuse): void {
  const { arch, instructions } = routine;
  const specs = new Map<Instruction, InstructionSpec>();
  for (const instruction of instructions) {
    const spec = instructionNamed(arch, instruction.op);
    if (!spec) continue;
    try {
      instruction.bytes = spec.encode(instruction, NOWHERE).length;
      specs.set(instruction, spec);
    } catch (why) {
      if (!(why instanceof Unencodable)) throw why;
      refuse(instruction, why);
    }
  }
  const long = lengthen(routine, specs, work, refuse);
  encodeAll(routine, specs, long);
}

const targetOf = (routine: Routine, instruction: Instruction, end: number): number | null => {
  const target = instruction.operands.find((operand) => operand.kind === 'label');
  return target?.kind === 'label' ? (routine.instructions[target.index]?.offset ?? end) : null;
};

/** Jumps grow, never shrink, until all reach their labels; what is returned has its long form. */
function lengthen(
  routine: Routine,
  specs: ReadonlyMap<Instruction, InstructionSpec>,
  work: Work,
  refuse: Refuse,
): ReadonlySet<Instruction> {
  const { instructions } = routine;
  const long = new Set<Instruction>();
  const jumps = instructions.filter(
    (instruction) => specs.get(instruction)?.reach && instruction.operands.some(({ kind }) => kind === 'label'),
  );
  for (;;) {
    work.done += instructions.length;
    const end = place(instructions);
    let changed = false;
    for (const instruction of jumps) {
      const reach = specs.get(instruction)?.reach;
      const target = targetOf(routine, instruction, end);
      if (!reach || target === null || long.has(instruction)) continue;
      const distance = target - instruction.offset - (reach.from === 'end' ? instruction.bytes : 0);
      if (distance >= reach.least && distance <= reach.most) continue;
      long.add(instruction);
      if (reach.longBytes === null) {
        const { least, most } = reach;
        refuse(instruction, new Unencodable({ key: 'jumpTooFar', op: instruction.op, distance, least, most }, -1));
        continue;
      }
      instruction.bytes = reach.longBytes;
      changed = true;
    }
    if (!changed) return long;
  }
}

/** Returns where the code ends. */
function place(instructions: readonly Instruction[]): number {
  let offset = 0;
  for (const instruction of instructions) {
    instruction.offset = offset;
    offset += instruction.bytes;
  }
  return offset;
}

/** Constants behind the code, each once; those of eight bytes at multiples of eight. */
class Constants {
  private readonly at = new Map<string, number>();
  readonly bytes: number[] = [];

  constructor(private readonly end: number) {}

  placeOf(value: bigint, bytes: 4 | 8): number {
    const key = String(value);
    const known = this.at.get(key);
    if (known !== undefined) return known;
    // A jump to itself keeps whoever runs past the code from what is none.
    if (this.bytes.length === 0) this.bytes.push(...littleEndian(0x14000000, 4));
    while (bytes === 8 && (this.end + this.bytes.length) % 8 !== 0) this.bytes.push(0);
    const found = this.end + this.bytes.length;
    this.bytes.push(...littleEndian(value, bytes));
    this.at.set(key, found);
    return found;
  }
}

function encodeAll(routine: Routine, specs: ReadonlyMap<Instruction, InstructionSpec>, long: ReadonlySet<Instruction>): void {
  const { instructions } = routine;
  const end = place(instructions);
  const constants = new Constants(end);
  for (const instruction of instructions) {
    const spec = specs.get(instruction);
    if (!spec) continue;
    const target = targetOf(routine, instruction, end);
    const placement: Placement = {
      distance: target === null ? 0 : target - instruction.offset,
      isLong: long.has(instruction),
      constantAt: (value, bytes) => constants.placeOf(value, bytes) - instruction.offset,
    };
    instruction.code = hexOf(spec.encode(instruction, placement));
  }
  routine.constants = hexOf(constants.bytes);
}
