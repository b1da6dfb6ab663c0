/** A checked scenario as a file that `sim run` takes: for tests, and for judges that keep what they found. */
import { stringify } from 'yaml';
import { rowOf } from '../model/operations/index';
import type { AnyOperation } from '../model/operations/operation';
import type { Scenario } from '../model/scenario';
import type { Json } from '../model/state';

const duration = (ns: number): string => `${ns}ns`;

/** Without the members that are null or undefined: the format's defaults. */
function given(members: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null && value !== undefined));
}

function operationOf(operation: AnyOperation): Json {
  return { [operation.kind]: rowOf(operation).written(operation, (operations) => operations.map(operationOf)) };
}

export function scenarioText({
  id,
  title,
  runtime,
  limits,
  kernel,
  channels,
  mutexes,
  rwmutexes,
  conds,
  waitgroups,
  cast,
  goroutines,
}: Scenario): string {
  const { start, schedtraceNs, scheddetail, forcegcperiodNs, ...options } = runtime;
  const { schedtick, syscalltick, sysmonDelayNs, idleMs } = start;
  return stringify({
    schedville: 1,
    kind: 'scenario',
    id,
    title,
    runtime: {
      ...options,
      schedtrace: duration(schedtraceNs),
      scheddetail,
      forcegcperiod: duration(forcegcperiodNs),
      start: given({ schedtick, syscalltick, sysmondelay: sysmonDelayNs === null ? null : duration(sysmonDelayNs), idlems: idleMs }),
    },
    limits: { time: duration(limits.timeNs), steps: limits.steps },
    kernel,
    channels,
    mutexes,
    rwmutexes,
    conds,
    waitgroups,
    cast,
    goroutines: Object.fromEntries(Object.entries(goroutines).map(([name, operations]) => [name, operations.map(operationOf)])),
  });
}
