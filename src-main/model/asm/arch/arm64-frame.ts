/** The frame of a routine on arm64. Follows cmd/internal/obj/arm64/obj7.go of Go 1.14. */
import type { Instruction, Routine } from '../listing';
import { type Added, constant, type Frame, type FramePlaces, type FrameSize, register, savesRegisters, slot } from './frame-spec';

/** A single store can move the stack pointer by at most this much. */
const MOST_BY_STORE = 0xf0;

export function arm64Frame(routine: Routine, hasCalls: boolean): Frame {
  const locals = Math.max(0, routine.frameBytes);
  const isBare = routine.flags.includes('NOFRAME') || routine.frameBytes < 0 || (!hasCalls && locals === 0);
  if (isBare) return { stackBytes: locals, toFp: locals + 8, toLocals: locals, enter: [], leave: [] };
  // The link register's slot below, the frame pointer's above, and the whole a multiple of 16.
  const withLink = locals + 8;
  const extra = withLink % 16 === 8 ? 8 : 16;
  const n = withLink + extra;
  const saveFp: Added[] = [
    ['MOVD', '', 'MOVD R29, -8(RSP)', [register('R29'), slot('RSP', -8)]],
    ['SUB', '', 'SUB $8, RSP, R29', [constant(8), register('RSP'), register('R29')]],
  ];
  const restoreFp: Added[] = [['MOVD', '', 'MOVD -8(RSP), R29', [slot('RSP', -8), register('R29')]]];
  const store = Math.min(n, MOST_BY_STORE);
  const enter: Added[] =
    n === store
      ? [['MOVD', 'W', `MOVD.W R30, -${n}(RSP)`, [register('R30'), slot('RSP', -n)]], ...saveFp]
      : [
          ['SUB', '', `SUB $${n}, RSP, R20`, [constant(n), register('RSP'), register('R20')]],
          ['MOVD', '', 'MOVD R30, (R20)', [register('R30'), slot('R20', 0)]],
          ['MOVD', '', 'MOVD R20, RSP', [register('R20'), register('RSP')]],
          ...saveFp,
        ];
  const leave: Added[] = hasCalls
    ? [
        ...restoreFp,
        ['MOVD', 'P', `MOVD.P ${store}(RSP), R30`, [slot('RSP', store), register('R30')]],
        ...(n > store ? [['ADD', '', `ADD $${n - store}, RSP`, [constant(n - store), register('RSP')]] satisfies Added] : []),
      ]
    : [
        ['ADD', '', `ADD $${n}, RSP, RSP`, [constant(n), register('RSP'), register('RSP')]],
        ['SUB', '', 'SUB $8, RSP, R29', [constant(8), register('RSP'), register('R29')]],
      ];
  return { stackBytes: n, toFp: n + 8, toLocals: n - extra, enter, leave };
}

export function arm64Places(size: FrameSize): FramePlaces {
  if (!savesRegisters(size)) return { saved: [], toLocals: 8 };
  return { saved: [{ name: 'R30', offset: -8 - size.stackBytes }], toLocals: size.stackBytes - Math.max(0, size.frameBytes) };
}

/** ADD and SUB of a constant into RSP. */
export function arm64LowersStack({ op, operands }: Instruction): number {
  const [from, to] = [operands[0], operands.at(-1)];
  if ((op !== 'ADD' && op !== 'SUB') || from?.kind !== 'immediate' || to?.kind !== 'register' || to.name !== 'RSP') return 0;
  const bytes = Number(BigInt.asIntN(32, from.value));
  return op === 'SUB' ? bytes : -bytes;
}
