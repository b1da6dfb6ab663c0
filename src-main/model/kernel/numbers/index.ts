/** Each architecture’s numbers of the system calls: one table each, one line here. */
import type { Arch } from '../../asm/arch/index';
import { AMD64_NUMBERS } from './amd64';
import { ARM64_NUMBERS } from './arm64';
import type { CallName } from './call-name';

export type { CallName } from './call-name';

/** null: the architecture has no such call. */
export const NUMBERS: Readonly<Record<Arch, Readonly<Record<CallName, number | null>>>> = { amd64: AMD64_NUMBERS, arm64: ARM64_NUMBERS };
