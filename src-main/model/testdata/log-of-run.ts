/** For tests: the system call log of a whole run, and its lines as measured ones are kept. */
import type { StraceLine } from '../kernel-state';
import type { Played } from './run-scenario';

/** The lines that a change of the log has brought, the last one of before among them if it has changed. */
function brought(before: readonly StraceLine[], now: readonly StraceLine[]): readonly StraceLine[] {
  const same = (a: StraceLine | undefined, b: StraceLine | undefined): boolean => a?.pid === b?.pid && a?.text === b?.text;
  for (let gone = 0; gone < before.length; gone++) {
    const kept = before.length - gone - 1;
    if (before.slice(gone, -1).every((line, i) => same(line, now[i])))
      return same(before.at(-1), now[kept]) ? now.slice(kept + 1) : now.slice(kept);
  }
  return now;
}

/** All lines of the log in the order in which their calls ended. */
export function ended({ steps }: Played): string[] {
  const lines: string[] = [];
  const begun = new Map<number, string>();
  for (const [path, old, now] of steps.flatMap(({ set }) => set)) {
    if (path !== 'kernel.strace') continue;
    for (const { pid, text, open } of brought(old as unknown as StraceLine[], now as unknown as StraceLine[])) {
      const [, resumed] = /^<\.\.\. \w+ resumed>(.*)$/.exec(text) ?? [];
      if (open === true) begun.set(pid, text);
      else if (!text.endsWith('<unfinished ...>')) lines.push(resumed === undefined ? text : `${begun.get(pid) ?? ''}${resumed}`);
    }
  }
  return lines;
}

/** As the measured lines are kept. */
export const plain = (line: string): string =>
  line
    .replace(/data=\{u32=\d+, u64=\d+\}/g, 'data=*')
    .replace(/0xc[0-9a-f]+/g, '*')
    .replace(/(epoll_pwait\(\d+, \[.*?\]), 128, .*\) =/, '$1) =');
