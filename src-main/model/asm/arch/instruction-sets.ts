/** The instruction sets by architecture. */
import { AMD64_SET } from './amd64-set';
import { ARM64_SET } from './arm64-set';
import type { Arch } from './index';
import type { InstructionSet } from './instruction-set';

export const INSTRUCTION_SETS: Readonly<Record<Arch, InstructionSet>> = { amd64: AMD64_SET, arm64: ARM64_SET };
