/** The events of internal/trace/tracev2, by their numbers in the file. `args`: how many numbers follow the time; null: it has no time of its own. */
const TABLE: readonly (readonly [name: string, args: number | null])[] = [
  ['None', null],
  ['EventBatch', null],
  ['Stacks', null],
  ['Stack', null],
  ['Strings', null],
  ['String', null],
  ['CPUSamples', null],
  ['CPUSample', null],
  ['Frequency', null],
  ['ProcsChange', 2],
  ['ProcStart', 2],
  ['ProcStop', 0],
  ['ProcSteal', 3],
  ['ProcStatus', 2],
  ['GoCreate', 3],
  ['GoCreateSyscall', 1],
  ['GoStart', 2],
  ['GoDestroy', 0],
  ['GoDestroySyscall', 0],
  ['GoStop', 2],
  ['GoBlock', 2],
  ['GoUnblock', 3],
  ['GoSyscallBegin', 2],
  ['GoSyscallEnd', 0],
  ['GoSyscallEndBlocked', 0],
  ['GoStatus', 3],
  ['STWBegin', 2],
  ['STWEnd', 0],
  ['GCActive', 1],
  ['GCBegin', 2],
  ['GCEnd', 1],
  ['GCSweepActive', 1],
  ['GCSweepBegin', 1],
  ['GCSweepEnd', 2],
  ['GCMarkAssistActive', 1],
  ['GCMarkAssistBegin', 1],
  ['GCMarkAssistEnd', 0],
  ['HeapAlloc', 1],
  ['HeapGoal', 1],
  ['GoLabel', 1],
  ['UserTaskBegin', 4],
  ['UserTaskEnd', 2],
  ['UserRegionBegin', 3],
  ['UserRegionEnd', 3],
  ['UserLog', 4],
  ['GoSwitch', 2],
  ['GoSwitchDestroy', 2],
  ['GoCreateBlocked', 3],
  ['GoStatusStack', 4],
  ['ExperimentalBatch', null],
  ['Sync', null],
  ['ClockSnapshot', 3],
  ['EndOfGeneration', null],
];

export const EV: Readonly<Record<string, number>> = Object.fromEntries(TABLE.map(([name], i) => [name, i]));
export const nameOf = (type: number): string => TABLE[type]?.[0] ?? String(type);

/** Numbers after the time of an event; null: no such event may stand among a thread's. */
export const argsOf = (type: number): number | null =>
  nameOf(type) === 'ClockSnapshot' ? null : (TABLE[type]?.[1] ?? EXPERIMENTAL[type] ?? null);

/** Spans, objects and stacks of the experiment AllocFree. */
const EXPERIMENTAL: Readonly<Record<number, number>> = { 128: 3, 129: 3, 130: 1, 131: 2, 132: 2, 133: 1, 134: 2, 135: 2, 136: 1 };
