/** How amd64 works: its instructions, its frame, and what SYSCALL itself does. */
import { amd64Frame, amd64Places } from './amd64-frame';
import { AMD64_INSTRUCTIONS } from '../amd64/instructions';
import { flagsWord } from '../amd64/stack';
import { AMD64_LEFT_OUT } from '../amd64/left-out';
import type { InstructionSet } from './instruction-set';

const ABROAD: Readonly<Record<string, string>> = {
  SVC: 'SYSCALL',
  BL: 'CALL',
  B: 'JMP',
  MOVD: 'MOVQ',
  INT3: 'INT',
  MOVABS: 'MOVQ',
  MOVABSQ: 'MOVQ',
  MOVZX: 'MOVBQZX',
  MOVSX: 'MOVBQSX',
  MOVZBL: 'MOVBLZX',
};

export const AMD64_SET: InstructionSet = {
  instructions: AMD64_INSTRUCTIONS,
  leftOut: AMD64_LEFT_OUT,
  mnemonicAbroad: (op) => {
    const renamed = Object.hasOwn(ABROAD, op) ? ABROAD[op] : undefined;
    // Without Go's size letter.
    return renamed ?? (Object.hasOwn(AMD64_INSTRUCTIONS, `${op}Q`) ? `${op}Q` : null);
  },
  frameOf: amd64Frame,
  lowersStack: () => 0,
  aside: () => null,
  placesIn: amd64Places,
  enterKernel: (cpu, next) => {
    cpu.setReg('CX', next);
    cpu.setReg('R11', flagsWord(cpu));
  },
};
