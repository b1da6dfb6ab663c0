/**
 * Clocks that the kernel maps into the program (vDSO): Go reads them by calling a C function on the g0 stack. The kernel is not entered, so the
 * scheduler is told nothing and strace sees nothing.
 */
import type { Arch } from '../arch';
import type { VdsoReader } from '../asm/arch/facts';
import { ARCHS } from '../asm/arch/index';
import { type Row, rows } from './thread';

const NANOTIME1 = rows('nanotime1', { vdso: 'vdso' });
const GETTIMEOFDAY = rows('gettimeofday', { vdso: 'vdso' });

export interface VdsoClock {
  /** Go's function that a program calls. */
  readonly wrapper: VdsoReader;
  readonly row: Row;
}

const CLOCKS: Readonly<Record<string, VdsoClock>> = {
  clock_gettime: { wrapper: 'time.Now', row: NANOTIME1.vdso },
  gettimeofday: { wrapper: 'syscall.Gettimeofday', row: GETTIMEOFDAY.vdso },
  time: { wrapper: 'syscall.Time', row: GETTIMEOFDAY.vdso },
};

/** How Go's own wrapper of the call reads a clock without the kernel; null: it does not. */
export function vdsoClock(name: string, arch: Arch): VdsoClock | null {
  const clock = Object.hasOwn(CLOCKS, name) ? CLOCKS[name] : undefined;
  return clock && ARCHS[arch].kernel.vdsoReaders.includes(clock.wrapper) ? clock : null;
}
