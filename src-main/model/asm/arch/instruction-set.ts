/** What an architecture's code does: the other half of its facts, for the assembler and the CPU. */
import type { CpuPort, Site } from '../access';
import type { InstructionSpec } from '../instruction-spec';
import type { Instruction, Routine } from '../listing';
import type { Frame, FramePlaces, FrameSize } from './frame-spec';

export interface InstructionSet {
  instructions: Readonly<Record<string, InstructionSpec>>;
  /** What Go's assembler knows besides. */
  leftOut: ReadonlySet<string>;
  /** Go's mnemonic for what other assemblers and the other architectures write, in capitals; null: none is known. */
  mnemonicAbroad: (op: string) => string | null;
  frameOf: (routine: Routine, hasCalls: boolean) => Frame;
  /** Bytes by which an instruction lowers the stack pointer, as the table for tracebacks counts them; pushes are counted elsewhere. */
  lowersStack: (instruction: Instruction) => number;
  /** What an instruction does to registers that it does not name, before all else; null: nothing. */
  aside: (instruction: Instruction, site: Site) => ((cpu: CpuPort) => void) | null;
  placesIn: (size: FrameSize) => FramePlaces;
  /** What the instruction that enters the kernel does to the program's registers itself; `next`: the address behind it. */
  enterKernel: (cpu: CpuPort, next: bigint) => void;
}
