/** Which line of a listing a step stands at. Pure. */
import { ARCH_NAMES, ARCHS, type ListingLine } from '../../src-main/contract/index';

const SYSCALLS = ARCH_NAMES.map((arch) => ARCHS[arch].syscall);

/** The routine and the byte offset in it that a step's pc names: `syscall.Syscall+25`. */
export function placeOf(pc: string): { symbol: string; offset: number } {
  const plus = pc.lastIndexOf('+');
  return { symbol: pc.slice(0, plus), offset: Number(pc.slice(plus + 1)) };
}

/**
 * Index of the current line, −1 when there is none. Back from the kernel the pc names the instruction behind the one that went in:
 * that one is still the place where the thread stands.
 */
export function currentLine(lines: readonly ListingLine[], asm: { pc: string; text: string }): number {
  const { offset } = placeOf(asm.pc);
  const at = lines.findIndex((line) => line.offset === offset);
  return SYSCALLS.some(({ back }) => back === asm.text) ? entersKernel(lines) : at;
}

export function entersKernel(lines: readonly ListingLine[]): number {
  return lines.findIndex(({ code }) => SYSCALLS.some(({ mnemonic }) => code === mnemonic || code.startsWith(`${mnemonic} `)));
}

/** A listing with its current line, −1 when there is none. */
export interface ShownListing {
  lines: readonly ListingLine[];
  current: number;
}

/** The listing that was last one of lines: it stays what is drawn, unseen, while the thread in view has none. */
export class LastListing {
  private last: ShownListing = { lines: [], current: -1 };

  of(lines: readonly ListingLine[], current: number): ShownListing {
    const { last } = this;
    if (lines.length > 0 && (lines !== last.lines || current !== last.current)) this.last = { lines, current };
    return this.last;
  }
}
