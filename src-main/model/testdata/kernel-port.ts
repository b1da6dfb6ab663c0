/** For tests: a kernel without a scheduler around it. Calls are written as a program would make them, answers as numbers or errno names. */
import type { Held, KernelAnswer, KernelPort, Occasion } from '../kernel/answer';
import { errnoByNumber } from '../kernel/errno';
import { enterKernel, firstKernelState } from '../kernel/kernel';
import { type LonePort, lonePort } from '../kernel/lone-port';
import { place } from '../kernel/memory';
import { syscallByName } from '../kernel/syscall-table';

export type TestPort = LonePort;

export function freshPort(files: Record<string, string> = {}, fds: Record<string, string> = {}): TestPort {
  return lonePort(firstKernelState({ files, fds }));
}

type Argument = bigint | number | string | { buf: number };

export function ask(port: KernelPort, name: string, args: readonly Argument[], occasion: Occasion = 'entered', held?: Held): KernelAnswer {
  const nr = syscallByName(name)?.nr[port.arch] ?? -1;
  const values = args.map((each) =>
    typeof each === 'string' || typeof each === 'object' ? place(port, each) : BigInt.asUintN(64, BigInt(each)),
  );
  return enterKernel(port, held ? { nr, args: values, occasion, held } : { nr, args: values, occasion });
}

/** The result as a number; an errno by name; what it waits for. */
export function said(answer: KernelAnswer): number | string {
  if (answer.kind === 'wait') return `waits for ${answer.object}`;
  if (answer.kind === 'sleep') return `sleeps ${answer.ns}`;
  if (answer.kind === 'exit') return `exits ${answer.code}`;
  return answer.result < 0n && answer.result > -4096n ? (errnoByNumber(Number(-answer.result))?.name ?? '?') : Number(answer.result);
}

export function call(port: KernelPort, name: string, ...args: Argument[]): number | string {
  return said(ask(port, name, args));
}

/** A line of a table: `name(…)` with arguments, and what it says. */
export type Line = readonly [name: string, args: readonly Argument[], says: number | string];

/** Makes the calls one after the other; their answers as lines of the same form. */
export function play(port: KernelPort, lines: readonly Line[]): Line[] {
  return lines.map(([name, args]) => [name, args, said(ask(port, name, args))] as const);
}
