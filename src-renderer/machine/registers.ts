/** Registers as every table shows them: what each is for in a system call, and small numbers in decimal. Pure. */
import type { Arch, Text } from '../../src-main/contract/index';

export interface RegisterCell {
  name: string;
  /** Empty: it has no part of its own in a system call. */
  role: Text;
  now: string;
  decimal: string;
  /** null: as it was. */
  old: string | null;
}

const ROLES: Record<Arch, Readonly<Record<string, Text>>> = {
  amd64: {
    AX: { zh: '号码 / 结果', en: 'number / result' },
    DI: { zh: '参数 1', en: 'arg 1' },
    SI: { zh: '参数 2', en: 'arg 2' },
    DX: { zh: '参数 3', en: 'arg 3' },
    R10: { zh: '参数 4', en: 'arg 4' },
    R8: { zh: '参数 5', en: 'arg 5' },
    R9: { zh: '参数 6', en: 'arg 6' },
    // SYSCALL keeps these two there.
    CX: { zh: '返回地址', en: 'return address' },
    R11: { zh: '标志', en: 'flags' },
    SP: { zh: '栈顶', en: 'stack top' },
    PC: { zh: '下一条', en: 'next' },
  },
  arm64: {
    R8: { zh: '号码', en: 'number' },
    R0: { zh: '参数 1 / 结果', en: 'arg 1 / result' },
    R1: { zh: '参数 2', en: 'arg 2' },
    R2: { zh: '参数 3', en: 'arg 3' },
    R3: { zh: '参数 4', en: 'arg 4' },
    R4: { zh: '参数 5', en: 'arg 5' },
    R5: { zh: '参数 6', en: 'arg 6' },
    R29: { zh: '帧指针', en: 'frame pointer' },
    R30: { zh: '返回地址', en: 'link' },
    RSP: { zh: '栈顶', en: 'stack top' },
    PC: { zh: '下一条', en: 'next' },
  },
};

/** Those that hold addresses, which nobody reads in decimal. */
const ADDRESSES = new Set(['PC', 'SP', 'RSP', 'R29', 'R30']);

/** Small numbers of either sign, in decimal, as they are typed; '' for all others, and for those that look the same. */
export function decimalOf(hex: string): string {
  const value = BigInt.asIntN(64, BigInt(hex));
  return value > -100_000n && value < 1_000_000n && (value < 0n || value > 9n) ? value.toString() : '';
}

export function registerCell(arch: Arch, name: string, now: string, old: string | null): RegisterCell {
  return { name, role: ROLES[arch][name] ?? { zh: '', en: '' }, now, decimal: ADDRESSES.has(name) ? '' : decimalOf(now), old };
}
