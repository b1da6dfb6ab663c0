/** What an architecture's code does: the other half of its facts, for the assembler and the CPU. */
import type { CpuPort } from '../access';
import type { InstructionSpec } from '../instruction-spec';
import type { Routine } from '../listing';
import type { Frame, FramePlaces, FrameSize } from './frame-spec';

export interface InstructionSet {
  instructions: Readonly<Record<string, InstructionSpec>>;
  /** Go's mnemonic for what other assemblers and the other architectures write, in capitals; null: none is known. */
  mnemonicAbroad: (op: string) => string | null;
  frameOf: (routine: Routine, hasCalls: boolean) => Frame;
  placesIn: (size: FrameSize) => FramePlaces;
  /** What the instruction that enters the kernel does to the program's registers itself; `next`: the address behind it. */
  enterKernel: (cpu: CpuPort, next: bigint) => void;
}
