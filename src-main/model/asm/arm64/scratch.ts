/**
 * What is left in R27: Go's assembler puts constants, offsets, quotients and addresses there that no instruction holds, without saying so in the
 * listing. Whoever keeps a value of his own in R27 finds it gone, here as there.
 */
import { addressReader, type CpuPort, type Site } from '../access';
import { MASK } from '../flags';
import type { Instruction, MemoryOperand, SymbolOperand } from '../listing';
import { SCRATCH } from './classes';

const NAME = `R${SCRATCH}`;

/** The first instruction of several writes R27: its lowest five bits say so. */
const usesScratch = ({ bytes, code }: Instruction): boolean => bytes > 4 && (Number.parseInt(code.slice(0, 2), 16) & 31) === SCRATCH;

/** What goes into R27 before the rest of the instruction; null: it stays as it is. */
export function scratchOf(instruction: Instruction, site: Site): ((cpu: CpuPort) => void) | null {
  const { op, operands } = instruction;
  if (!usesScratch(instruction) || operands.some(({ kind }) => kind === 'label')) return null;
  const [from] = operands;
  const to = operands.at(-1);
  // What it is meant to write itself.
  if (to?.kind === 'register' && to.name === NAME) return null;
  const place = operands.find(
    (operand): operand is MemoryOperand | SymbolOperand => operand.kind === 'memory' || operand.kind === 'symbol',
  );
  if (place !== undefined) {
    const value = throughMemory(instruction, place, site);
    return (cpu) => {
      cpu.setReg(NAME, value(cpu));
    };
  }
  const constant =
    from?.kind === 'immediate'
      ? constantOf(op, from.value)
      : from?.kind === 'address' && from.of.kind === 'memory'
        ? offsetOf(from.of)
        : null;
  if (constant === null) return null;
  return (cpu) => {
    cpu.setReg(NAME, constant);
  };
}

/** Turned where adding a negative number becomes subtracting a positive one. */
function constantOf(op: string, value: bigint): bigint {
  const is32 = op.endsWith('W');
  const mask = is32 ? MASK[4] : MASK[8];
  const signed = BigInt.asIntN(64, value);
  const isLeast = is32 ? BigInt.asIntN(32, signed) === -(1n << 31n) : signed === -(1n << 63n);
  const turns = /^(?:ADD|SUB|CMP|CMN)W?$/.test(op) && signed < 0n && !isLeast;
  return (turns ? -signed : signed) & mask;
}

const offsetOf = ({ offset, hardware }: MemoryOperand): bigint => BigInt.asUintN(64, BigInt(offset + (hardware ?? 0)));

/** Of one access: the base and the offset's upper part, or the offset alone; of a pair: the address. */
function throughMemory({ op, code }: Instruction, place: MemoryOperand | SymbolOperand, site: Site): (cpu: CpuPort) => bigint {
  const whole = addressReader(place, site);
  if (place.kind === 'symbol' || /^(?:LD|ST)P/.test(op)) return whole;
  const offset = offsetOf(place);
  // LDR of a constant: its upper byte.
  const isFar = (Number.parseInt(code.slice(6, 8), 16) & 0x3f) === 0x18;
  if (isFar) return () => offset;
  const held = BigInt(0xfff << Math.log2(bytesOf(op)));
  return (cpu) => BigInt.asUintN(64, whole(cpu) - (offset & held));
}

const bytesOf = (op: string): number => ({ MOVD: 8, MOVW: 4, MOVWU: 4, MOVH: 2, MOVHU: 2 })[op] ?? 1;
