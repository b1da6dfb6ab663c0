/** Gives every instruction of a routine its place, as the real assembler does: jumps are short where a byte reaches their label. */
import { ARCHS } from './arch/index';
import { instructionNamed } from './instructions';
import type { Instruction, Routine, Work } from './listing';

export function layOut(routine: Routine, work: Work): void {
  const { arch, instructions } = routine;
  const { shortJump } = ARCHS[arch];
  const long = new Set<Instruction>();
  for (const instruction of instructions)
    instruction.bytes = instructionNamed(arch, instruction.op)?.bytes(instruction.operands, routine) ?? 4;
  for (;;) {
    work.done += instructions.length;
    let offset = 0;
    for (const instruction of instructions) {
      instruction.offset = offset;
      offset += instruction.bytes;
    }
    let changed = false;
    for (const instruction of instructions) {
      const target = instruction.operands.find((operand) => operand.kind === 'label');
      const spec = instructionNamed(arch, instruction.op);
      if (target?.kind !== 'label' || !spec || long.has(instruction)) continue;
      const distance = (instructions[target.index]?.offset ?? offset) - (instruction.offset + instruction.bytes);
      if (shortJump === null || (distance >= shortJump.least && distance <= shortJump.most)) continue;
      long.add(instruction);
      instruction.bytes = spec.longBytes;
      changed = true;
    }
    if (!changed) return;
  }
}
