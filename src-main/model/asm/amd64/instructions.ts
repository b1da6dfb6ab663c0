/**
 * The amd64 instructions, each a row: what it may be given, its bytes, what it does. Semantics: Intel's manual; names
 * and operand order: Go's assembler, in which the destination comes last and CMP keeps Intel's order. What the manual leaves undefined is as a
 * real processor was measured to do (testdata/measured-amd64.txt).
 */
import type { InstructionSpec } from '../instruction-spec';
import { ARITHMETIC_ROWS } from './arithmetic';
import { BIT_ROWS } from './bits';
import { CONDITION_ROWS } from './conditions';
import { WIDENING_ROWS } from './moves';
import { OTHER_ROWS } from './others';
import { PRODUCT_ROWS } from './products';
import { SHIFT_ROWS } from './shifts';
import { STACK_ROWS } from './stack';
import { UNARY_ROWS } from './unary';

export const AMD64_INSTRUCTIONS: Readonly<Record<string, InstructionSpec>> = {
  ...ARITHMETIC_ROWS,
  ...WIDENING_ROWS,
  ...UNARY_ROWS,
  ...SHIFT_ROWS,
  ...PRODUCT_ROWS,
  ...CONDITION_ROWS,
  ...BIT_ROWS,
  ...STACK_ROWS,
  ...OTHER_ROWS,
};
