/** The arm64 instructions, each a row: what it may be given, its bytes, what it does. Semantics: Arm's manual. */
import type { InstructionSpec } from '../instruction-spec';
import { ATOMICS } from './atomics';
import { BITS } from './bits';
import { CONDITIONS } from './conditions';
import { CONTROL } from './control';
import { MOVES } from './moves';
import { PRODUCTS } from './products';
import { SUMS } from './sums';

export const ARM64_INSTRUCTIONS: Readonly<Record<string, InstructionSpec>> = {
  ...SUMS,
  ...PRODUCTS,
  ...BITS,
  ...MOVES,
  ...ATOMICS,
  ...CONDITIONS,
  ...CONTROL,
};
