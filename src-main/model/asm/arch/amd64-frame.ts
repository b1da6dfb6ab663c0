/** The frame of a routine on amd64. Follows cmd/internal/obj/x86/obj6.go of Go 1.14. */
import type { Routine } from '../listing';
import { type Added, constant, type Frame, type FramePlaces, type FrameSize, register, savesRegisters, slot } from './frame-spec';

export function amd64Frame(routine: Routine, hasCalls: boolean): Frame {
  const locals = Math.max(0, routine.frameBytes);
  // A routine without locals that is NOSPLIT or calls nobody keeps its caller's BP.
  const savesBp = !routine.flags.includes('NOFRAME') && !(locals === 0 && (routine.flags.includes('NOSPLIT') || !hasCalls));
  const n = locals + (savesBp ? 8 : 0);
  const bp = slot('SP', n - 8);
  const shown = n === 8 ? '(SP)' : `${n - 8}(SP)`;
  return {
    stackBytes: n,
    toFp: n + 8,
    toLocals: locals,
    enter: [
      ...(n > 0 ? [['SUBQ', '', `SUBQ $${n}, SP`, [constant(n), register('SP')]] satisfies Added] : []),
      ...(savesBp
        ? ([
            ['MOVQ', '', `MOVQ BP, ${shown}`, [register('BP'), bp]],
            ['LEAQ', '', `LEAQ ${shown}, BP`, [bp, register('BP')]],
          ] satisfies Added[])
        : []),
    ],
    leave: [
      ...(savesBp ? [['MOVQ', '', `MOVQ ${shown}, BP`, [bp, register('BP')]] satisfies Added] : []),
      ...(n > 0 ? [['ADDQ', '', `ADDQ $${n}, SP`, [constant(n), register('SP')]] satisfies Added] : []),
    ],
  };
}

export function amd64Places(size: FrameSize): FramePlaces {
  return {
    saved: savesRegisters(size) ? [{ name: 'BP', offset: -16 }] : [],
    toLocals: size.stackBytes + 8 - Math.max(0, size.frameBytes),
  };
}
