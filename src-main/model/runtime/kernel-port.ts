/** What the kernel sees of the program when a thread enters it, and the system call log. */
import type { KernelPort } from '../kernel/answer';
import type { StackMemory } from '../kernel/memory';
import type { GId, Json, MId, StraceLine } from '../state';
import type { Runtime } from './runtime';

/** The port of thread m, whose stack is `stack`; `g` is the goroutine on whose behalf it calls. Writes are part of the step under way. */
export function portOf(rt: Runtime, m: MId, g: GId | null, stack: StackMemory): KernelPort {
  return {
    kernel: rt.state.kernel,
    stack,
    set: (path, value) => {
      setInKernel(rt, path, value);
    },
    now: rt.now,
    random: () => rt.random.next(),
    m,
    g,
    tid: tidOf(rt, m),
    arch: rt.machine.arch,
    threadOf: (tid) => {
      const thread: MId = `M${tid - rt.state.kernel.pid}`;
      const known = rt.state.M[thread];
      return known && !known.dead ? thread : null;
    },
  };
}

/** The first thread has the process's number, the others the next ones. */
export function tidOf(rt: Runtime, m: MId): number {
  return rt.state.kernel.pid + Number(m.slice(1));
}

/**
 * A file's name may hold dots, and a row that goes away has no new value: such changes list their whole table, so that whoever replays a
 * trace need not know more than to split a path at its dots and to write a value.
 */
function setInKernel(rt: Runtime, path: readonly string[], value: Json): void {
  const [table = '', key = '', field] = path;
  if (table !== 'files' && value !== null) {
    rt.to.at(['kernel', ...path], value);
    return;
  }
  const rows: Record<string, Json> = { ...(rt.state.kernel[table as 'files' | 'fds' | 'mem'] as unknown as Record<string, Json>) };
  if (value === null) Reflect.deleteProperty(rows, key);
  else rows[key] = field === undefined ? value : { ...(rows[key] as Record<string, Json>), [field]: value };
  rt.to.at(['kernel', table], rows);
}

export function setLog(rt: Runtime, lines: readonly StraceLine[]): void {
  rt.to.at(['kernel', 'strace'], lines as unknown as Json);
}
