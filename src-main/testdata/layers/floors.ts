/** For tests: the model's inner layers. */
import { lies, withoutEnding } from './imports-of';

/**
 * The model's inner layers, from the bottom: each line may import from the lines above it, and a folder from itself. The runtime's floors
 * are listed file by file, so that Go's functions call each other downwards only; where Go's own call goes up (newm to mstart), the engine
 * carries it.
 */
const FLOORS: readonly string[] = [
  'words unreachable nearest-word look-alikes visible-text go-constants',
  'message',
  'ids',
  'kernel-state sync-rows',
  'state',
  'state-path',
  'trace',
  'versions/profile run/costs run/random run/agenda run/recorder run/who-waits',
  'asm',
  'arch',
  'setting',
  'kernel',
  'runtime/thread',
  'versions/functions',
  'runtime/runtime',
  'runtime/kernel-port runtime/vdso',
  'runtime/own-calls',
  'runtime/panic runtime/panicking runtime/connections',
  'runtime/runq runtime/notes runtime/execute runtime/checkdead runtime/netpoll runtime/machine',
  'runtime/owning-p runtime/stop-counts runtime/gosched',
  'runtime/threads runtime/preempt',
  'runtime/syscall runtime/park runtime/newproc runtime/for-each-p runtime/lock-os-thread runtime/mexit runtime/user-code',
  'runtime/extra-m',
  'runtime/cgocall',
  'runtime/call-operations runtime/c-thread runtime/chan runtime/semaphore runtime/poll-desc runtime/atomic',
  'runtime/poll-fd',
  'runtime/net-sockets runtime/netread',
  'runtime/os-files',
  'runtime/timers runtime/select runtime/gc-mark-done runtime/schedtrace',
  'runtime/sysmon runtime/stop-the-world runtime/sync runtime/own-listing',
  'runtime/rwmutex runtime/once runtime/forcegc',
  'runtime/cond',
  'runtime/schedule',
  'runtime/mstart',
  'versions/go1.14',
  'versions/profiles',
  // Operations are made of the runtime's functions, so the runtime knows a scenario's setting only.
  'operations',
  'scenario',
  'run/first-state',
  'run/simulate',
  // Plays it once more for whoever asks what is read.
  'run/watched-run',
  'run/playground',
  'laws',
];
export const MODEL = 'src-main/model';
/** Each entry of FLOORS with its height. */
export const HEIGHTS = new Map(FLOORS.flatMap((line, height) => line.split(' ').map((name) => [`${MODEL}/${name}`, height] as const)));

/** The entry of FLOORS that a file of the model belongs to; undefined: it has no floor. */
export function floorOf(name: string): { entry: string; height: number } | undefined {
  const [entry] = [...HEIGHTS.keys()].filter((each) => lies(name, each)).sort((a, b) => b.length - a.length);
  return entry === undefined ? undefined : { entry, height: HEIGHTS.get(entry) ?? 0 };
}

/** Whether an import inside of the model goes downwards, or stays in its folder. */
export function goesDown(file: string, target: string): boolean {
  const here = floorOf(withoutEnding(file));
  const there = floorOf(target);
  if (!here || !there) return false;
  return there.height < here.height || (there.entry === here.entry && target !== here.entry);
}
