/** For tests: a checked scenario as a file that `sim run` takes. */
import { stringify } from 'yaml';
import type { Operation, Scenario } from '../scenario';

const duration = (ns: number): string => `${ns}ns`;

/** Without the members that are null or undefined: the format's defaults. */
function given(members: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null && value !== undefined));
}

function operationOf(operation: Operation): unknown {
  const { kind } = operation;
  switch (kind) {
    case 'compute':
    case 'spin':
    case 'sleep':
      return { [kind]: duration(operation.ns) };
    case 'go':
      return { go: { name: operation.name, times: operation.times } };
    case 'syscall': {
      const { name, args, via, takesNs, returns, errno } = operation;
      return {
        syscall: given({
          name,
          args: args.length > 0 ? args : null,
          via,
          takes: takesNs === null ? null : duration(takesNs),
          returns,
          errno,
        }),
      };
    }
    case 'blockingsyscall':
    case 'cgo':
    case 'netread':
      return { [kind]: { takes: duration(operation.takesNs) } };
    case 'send':
    case 'recv':
    case 'close':
      return { [kind]: operation.channel };
    case 'lock':
    case 'unlock':
      return { [kind]: operation.mutex };
    case 'add':
      return { add: { wg: operation.waitgroup, n: operation.n } };
    case 'done':
    case 'wait':
      return { [kind]: operation.waitgroup };
    case 'gc':
      return { gc: { stw: duration(operation.stwNs) } };
    case 'exit':
      return { exit: operation.code };
    case 'panic':
    case 'mark':
      return { [kind]: operation.text };
    case 'repeat':
      return { repeat: { times: operation.times, do: operation.body.map(operationOf) } };
    case 'gosched':
    case 'lockosthread':
    case 'unlockosthread':
      return kind;
    default:
      return kind satisfies never;
  }
}

export function scenarioText({ id, title, runtime, limits, kernel, channels, mutexes, waitgroups, cast, goroutines }: Scenario): string {
  const { start, ...options } = runtime;
  const { schedtick, syscalltick, sysmonDelayNs, idleMs } = start;
  return stringify({
    schedville: 1,
    kind: 'scenario',
    id,
    title,
    runtime: {
      ...options,
      start: given({ schedtick, syscalltick, sysmondelay: sysmonDelayNs === null ? null : duration(sysmonDelayNs), idlems: idleMs }),
    },
    limits: { time: duration(limits.timeNs), steps: limits.steps },
    kernel,
    channels,
    mutexes,
    waitgroups,
    cast,
    goroutines: Object.fromEntries(Object.entries(goroutines).map(([name, operations]) => [name, operations.map(operationOf)])),
  });
}
