/**
 * Clocks that the kernel maps into the program (vDSO): Go reads them by calling a C function on the g0 stack. The kernel is not entered, so the
 * scheduler is told nothing and strace sees nothing.
 */
import type { Arch } from '../arch';
import { type Row, rows } from './thread';

const NANOTIME1 = rows('nanotime1', { vdso: 'vdso' });
const GETTIMEOFDAY = rows('gettimeofday', { vdso: 'vdso' });

export interface VdsoClock {
  /** Go's function that a program calls. */
  readonly wrapper: string;
  readonly row: Row;
  /** Where that function uses the vDSO; elsewhere it enters the kernel. */
  readonly on: readonly Arch[];
}

/**
 * Source: Go 1.14, runtime/sys_linux_amd64.s and sys_linux_arm64.s (nanotime1, which time.Now needs), syscall/asm_linux_amd64.s (gettimeofday,
 * of which syscall.Time is made; on arm64 syscall.Gettimeofday is a RawSyscall).
 */
const CLOCKS: Readonly<Record<string, VdsoClock>> = {
  clock_gettime: { wrapper: 'time.Now', row: NANOTIME1.vdso, on: ['amd64', 'arm64'] },
  gettimeofday: { wrapper: 'syscall.Gettimeofday', row: GETTIMEOFDAY.vdso, on: ['amd64'] },
  time: { wrapper: 'syscall.Time', row: GETTIMEOFDAY.vdso, on: ['amd64'] },
};

/** How Go's own wrapper of the call reads a clock without the kernel; null: it does not. */
export function vdsoClock(name: string, arch: Arch): VdsoClock | null {
  const clock = Object.hasOwn(CLOCKS, name) ? CLOCKS[name] : undefined;
  return clock?.on.includes(arch) ? clock : null;
}
