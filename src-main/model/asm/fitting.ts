/** Whether an instruction's operands are of a form that it has, and what is said when they are not. */
import { type Arch, ARCHS } from './arch/index';
import { fits, type InstructionSpec } from './instruction-spec';
import type { FaultList, Instruction, Operand } from './listing';
import type { Piece } from './pieces';
import type { Token } from './tokens';
import type { Message } from '../message';

/** What an instruction waits for until its routine or the whole listing is read. */
export interface Wants {
  label: (operand: number, name: string, at: Token) => void;
  variable: (name: string, at: Token) => void;
}

export class Fitting {
  constructor(
    private readonly arch: Arch,
    private readonly faults: FaultList,
    private readonly wants: Wants,
  ) {}

  /** `index`: the instruction's number in its routine. Jumps by a number of instructions get their index, $0 its place as ZR. */
  suits(spec: InstructionSpec, instruction: Instruction, op: Token, pieces: readonly Piece[], index: number): boolean {
    const { operands } = instruction;
    const placeOf = (i: number): Token => pieces[i]?.tokens[0] ?? pieces[i]?.end ?? op;
    const right = spec.forms.filter((form) => lettersOf(form).length === operands.length);
    const form = right.find((each) => formFits(each, operands));
    if (form === undefined) {
      this.wrongOperands(instruction, right, placeOf, pieces);
      return false;
    }
    const letters = lettersOf(form);
    for (const [i, operand] of operands.entries()) {
      const isZr = operand.kind === 'immediate' && letters[i]?.includes('g') === true && !letters[i].includes('i');
      if (isZr) operands[i] = { kind: 'register', name: 'ZR', part: 'whole' };
      else if (operand.kind === 'label') this.wants.label(i, operand.name, placeOf(i));
      else if (operand.kind === 'memory' && operand.base === 'PC') {
        operands[i] = { kind: 'label', name: `${operand.offset}(PC)`, index: index + operand.offset };
      } else if (operand.kind === 'memory' && !this.memorySuits(operand, instruction, placeOf(i))) return false;
      else if (operand.kind === 'immediate' && !this.immediateSuits(operand, spec, instruction, placeOf(i))) return false;
      const symbol = operand.kind === 'symbol' ? operand : operand.kind === 'address' && operand.of.kind === 'symbol' ? operand.of : null;
      if (symbol && !right.some((each) => lettersOf(each)[i]?.includes('s'))) this.wants.variable(symbol.name, placeOf(i));
    }
    return true;
  }

  private wrongOperands(instruction: Instruction, forms: readonly string[], placeOf: (i: number) => Token, pieces: readonly Piece[]): void {
    const { op, operands } = instruction;
    const shown = pieces.map((piece) => piece.tokens.map((token) => token.text).join(''));
    // An operand that no form has there; else the first with which the others would be right.
    const never = operands.findIndex((operand, i) => !forms.some((form) => fits(operand, form.split(' ')[i] ?? '')));
    const formsBut = (i: number): readonly string[] =>
      forms.filter((form) => operands.every((operand, j) => j === i || fits(operand, form.split(' ')[j] ?? '')));
    const at =
      never >= 0
        ? never
        : Math.max(
            0,
            operands.findIndex((_, i) => formsBut(i).length > 0),
          );
    const others = formsBut(at);
    const swapped =
      operands.length === 2 && forms.some((form) => formFits(form, [...operands].reverse()))
        ? `${op} ${[...shown].reverse().join(', ')}`
        : null;
    if ((op === 'CALL' || op === 'BL') && operands[0]?.kind === 'label') {
      this.faults.add(placeOf(0), { key: 'needsFunction', op, name: shown[0] ?? '' }, `${shown[0] ?? ''}(SB)`);
      return;
    }
    if (operands.length === 2 && operands.every((operand) => operand.kind === 'memory' || operand.kind === 'symbol')) {
      this.faults.add(placeOf(1), { key: 'memoryToMemory', op }, ARCHS[this.arch].assembler.anyRegister);
      return;
    }
    const letters = [...new Set((others.length > 0 ? others : forms).flatMap((form) => [...(form.split(' ')[at] ?? '')]))];
    // A source may be ZR, and so it may be $0.
    if (at === 0 && letters.includes('g') && !letters.includes('i')) letters.push('z');
    const kinds = [...new Set(letters.map((letter) => OPERAND_KINDS[letter] ?? letter))];
    this.faults.add(placeOf(at), { key: 'wrongOperand', op, n: at + 1, found: shown[at] ?? '', expected: kinds }, swapped);
  }

  private memorySuits(operand: Extract<Operand, { kind: 'memory' }>, instruction: Instruction, at: Token): boolean {
    if (!ARCHS[this.arch].assembler.needsBase) return true;
    if (operand.base === null) {
      if (operand.index === null) {
        const number = `$${operand.offset}`;
        this.faults.add(at, { key: 'needsBaseOrNumber', arch: this.arch, number }, number);
      } else this.faults.add(at, { key: 'needsBase', arch: this.arch });
      return false;
    }
    if (operand.index !== null && operand.offset !== 0) {
      this.faults.add(at, { key: 'indexAndOffset' });
      return false;
    }
    const hasIndex = operand.index !== null || operand.name !== '';
    if (instruction.suffix !== '' && hasIndex) {
      this.faults.add(at, { key: 'suffixOperand', suffix: instruction.suffix });
      return false;
    }
    return true;
  }

  private immediateSuits(
    operand: Extract<Operand, { kind: 'immediate' }>,
    spec: InstructionSpec,
    instruction: Instruction,
    at: Token,
  ): boolean {
    const { op, operands } = instruction;
    const { wideImmediate } = ARCHS[this.arch].assembler;
    if (op === wideImmediate && operands[1]?.kind === 'register') return true;
    const value = BigInt.asIntN(64, operand.value);
    if (!spec.range) return true;
    const [least, most] = spec.range;
    if (value >= least && value <= most) {
      // As the real assembler does: 32 bits are kept, and a 64-bit instruction extends their sign.
      if (spec.size === 8 && wideImmediate !== null) operand.value = BigInt.asUintN(64, BigInt.asIntN(32, value));
      return true;
    }
    if (most === 0xffffffffn) this.faults.add(at, { key: 'immediateTooWide', value }, 'MOVQ');
    else this.faults.add(at, { key: 'immediateRange', value, least, most });
    return false;
  }
}

/** What the letters of an instruction's forms stand for; one that is not here is said as it is. */
const REGISTER: Message = { key: 'registerOperand' };
const SHIFTED: Message = { key: 'shiftedOperand' };
const OPERAND_KINDS: Record<string, Message | string> = {
  r: REGISTER,
  g: REGISTER,
  b: REGISTER,
  C: 'CX',
  m: { key: 'memoryOperand' },
  n: { key: 'memoryOperand' },
  i: { key: 'immediateOperand' },
  z: { key: 'zeroOperand' },
  a: { key: 'addressOperand' },
  l: { key: 'labelOperand' },
  L: { key: 'labelOperand' },
  s: { key: 'functionOperand' },
  x: SHIFTED,
  y: SHIFTED,
  e: { key: 'extendedOperand' },
  v: { key: 'systemOperand' },
  q: { key: 'registerAddressOperand' },
  p: { key: 'pairOperand' },
  c: { key: 'conditionOperand' },
};

const lettersOf = (form: string): string[] => (form === '' ? [] : form.split(' '));

function formFits(form: string, operands: readonly Operand[]): boolean {
  const letters = lettersOf(form);
  return letters.length === operands.length && operands.every((operand, i) => fits(operand, letters[i] ?? ''));
}
