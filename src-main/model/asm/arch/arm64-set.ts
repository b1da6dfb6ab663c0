/** How arm64 works: its instructions and its frame. SVC changes none of the program's registers. */
import { arm64Frame, arm64LowersStack, arm64Places } from './arm64-frame';
import { ARM64_INSTRUCTIONS } from '../arm64/instructions';
import { ARM64_LEFT_OUT } from '../arm64/left-out';
import { scratchOf } from '../arm64/scratch';
import type { InstructionSet } from './instruction-set';

const ABROAD: Readonly<Record<string, string>> = {
  SYSCALL: 'SVC',
  MOVQ: 'MOVD',
  MOV: 'MOVD',
  LDR: 'MOVD',
  STR: 'MOVD',
  MOVL: 'MOVW',
  CMPQ: 'CMP',
  ADDQ: 'ADD',
  SUBQ: 'SUB',
  NEGQ: 'NEG',
  XOR: 'EOR',
  OR: 'ORR',
  CALLQ: 'BL',
  BLR: 'BL',
  BR: 'B',
  JLS: 'BLS',
  JNE: 'BNE',
  JEQ: 'BEQ',
  LDRB: 'MOVBU',
  LDRH: 'MOVHU',
  STRB: 'MOVB',
};

export const ARM64_SET: InstructionSet = {
  instructions: ARM64_INSTRUCTIONS,
  leftOut: ARM64_LEFT_OUT,
  mnemonicAbroad: (op) => (Object.hasOwn(ABROAD, op) ? (ABROAD[op] ?? null) : null),
  frameOf: arm64Frame,
  lowersStack: arm64LowersStack,
  aside: scratchOf,
  placesIn: arm64Places,
  enterKernel: () => undefined,
};
