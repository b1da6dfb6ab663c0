/** A kernel without a scheduler around it: for judges and tests, which make calls one after the other. */
import { DEFAULT_ARCH } from '../asm/arch/index';
import type { KernelState } from '../kernel-state';
import type { Json, MId } from '../state';
import type { Arch, KernelPort } from './answer';

export type LonePort = KernelPort & { now: number; m: MId; tid: number; arch: Arch };

/** The threads of the program: M0 … M3. */
const THREADS = 4;

export function lonePort(kernel: KernelState): LonePort {
  const set = (path: readonly string[], value: Json): void => {
    let node = kernel as unknown as Record<string, unknown>;
    for (const key of path.slice(0, -1)) node = node[key] as Record<string, unknown>;
    const last = path.at(-1) ?? '';
    if (value === null) Reflect.deleteProperty(node, last);
    else node[last] = value;
  };
  let drawn = 0;
  const threadOf = (tid: number): MId | null => (tid >= kernel.pid && tid < kernel.pid + THREADS ? `M${tid - kernel.pid}` : null);
  return { kernel, set, now: 1_500_000_000, random: () => drawn++, m: 'M0', g: 'G1', tid: kernel.pid, arch: DEFAULT_ARCH, threadOf };
}
