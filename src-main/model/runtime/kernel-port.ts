/** What the kernel sees of the program when a thread enters it, and the system call log. */
import type { KernelPort } from '../kernel/answer';
import type { StackMemory } from '../kernel/memory';
import type { StraceLine } from '../kernel-state';
import type { GId, Json, MId } from '../state';
import type { Runtime } from './runtime';

/** The port of thread m, whose stack is `stack`; `g` is the goroutine on whose behalf it calls. Writes are part of the step under way. */
export function portOf(rt: Runtime, m: MId, g: GId | null, stack: StackMemory): KernelPort {
  return {
    kernel: rt.state.kernel,
    stack,
    set: (path, value) => {
      // Memory is kept as hex and a file as its text: what is written is about as many bytes.
      if (typeof value === 'string') rt.copiedBytes += path[0] === 'mem' ? value.length / 2 : value.length;
      setInKernel(rt, path, value);
    },
    copied: (bytes) => {
      rt.copiedBytes += bytes;
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
 * A file's name may hold dots, and what goes away or comes has no value before or after: such changes list their whole table or row, so that
 * whoever replays a trace need not know more than to split a path at its dots and to write a value.
 */
function setInKernel(rt: Runtime, path: readonly string[], value: Json): void {
  const [table = '', key = '', field] = path;
  const rows = rt.state.kernel[table as 'files' | 'fds' | 'mem'] as unknown as Record<string, Json>;
  const before = field === undefined ? undefined : (rows[key] as Record<string, Json> | undefined);
  if (path.length === 1 || (table !== 'files' && value !== null && (before === undefined || Object.hasOwn(before, field ?? '')))) {
    rt.to.at(['kernel', ...path], value);
    return;
  }
  const row = field === undefined ? value : changedRow(before ?? {}, field, value);
  if (table !== 'files' && row !== null) {
    rt.to.at(['kernel', table, key], row);
    return;
  }
  const changed = { ...rows };
  if (row === null) Reflect.deleteProperty(changed, key);
  else changed[key] = row;
  rt.to.at(['kernel', table], changed);
}

/** A row with another value in one field; null: without that field. */
function changedRow(row: Record<string, Json>, field: string, value: Json): Record<string, Json> {
  const changed = { ...row, [field]: value };
  if (value === null) Reflect.deleteProperty(changed, field);
  return changed;
}

export function setLog(rt: Runtime, lines: readonly StraceLine[]): void {
  rt.to.at(['kernel', 'strace'], lines as unknown as Json);
}
