/** From a step to its line of the listing, and from a line to the steps that it can make. */
import type { Assembled, Instruction, Routine } from './listing';

export interface SourcePlace {
  routine: Routine;
  index: number;
  instruction: Instruction;
}

const places = new WeakMap<Routine, readonly { pc: string; text: string }[]>();

/** What the steps of a routine carry as `asm`, by the instruction's index. */
export function placesOf(routine: Routine): readonly { pc: string; text: string }[] {
  let known = places.get(routine);
  if (!known) places.set(routine, (known = routine.instructions.map(({ offset, text }) => ({ pc: `${routine.symbol}+${offset}`, text }))));
  return known;
}

/** `pc` as a step carries it (`syscall.Syscall+25`); null: no instruction of the program begins there. */
export function sourceOf(program: Assembled, pc: string): SourcePlace | null {
  const [, symbol = '', offset = ''] = /^(.*)\+(\d+)$/.exec(pc) ?? [];
  const routine = Object.hasOwn(program.routines, symbol) ? program.routines[symbol] : undefined;
  if (!routine) return null;
  // A NOP takes no room: the instruction behind it begins at the same place.
  const index = routine.instructions.findLastIndex((instruction) => instruction.offset === Number(offset));
  const instruction = routine.instructions[index];
  return instruction ? { routine, index, instruction } : null;
}

/** The places of a line's steps, in order. More than one where the assembler adds some (the frame at TEXT and RET) or `;` joins statements. */
export function pcsOfLine(program: Assembled, file: string, line: number): string[] {
  return Object.values(program.routines)
    .filter((routine) => routine.file === file)
    .flatMap((routine) => routine.instructions.filter((each) => each.line === line).map((each) => `${routine.symbol}+${each.offset}`));
}
