/** The architectures that runs and listings are for. */
export type { Arch } from './asm/arch/index';
