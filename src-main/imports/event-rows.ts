/** Which rows of Go's functions do what an event tells, and how its reason is said. */
import type { Told } from './told';

/** The rows of Go's functions that do what an event tells. */
export const ROWS: Readonly<Record<Told['kind'], readonly [fn: string, at: string]>> = {
  ProcAdded: ['procresize', 'add'],
  ProcStart: ['wirep', 'status'],
  ProcStop: ['releasep', 'status'],
  ProcSteal: ['retake', 'retake'],
  GoCreate: ['newproc1', 'goid'],
  GoCreateBlocked: ['newproc1', 'goid'],
  GoCreateSyscall: ['needm', 'casgstatus'],
  GoStart: ['execute', 'gogo'],
  GoDestroy: ['goexit1', 'goexit0'],
  GoDestroySyscall: ['dropm', 'casgstatus'],
  GoStop: ['goschedImpl', 'casgstatus'],
  GoBlock: ['park_m', 'casgstatus'],
  GoUnblock: ['ready', 'casgstatus'],
  GoSyscallBegin: ['reentersyscall', 'casgstatus'],
  GoSyscallEnd: ['exitsyscall', 'casgstatus'],
  GoSyscallEndBlocked: ['exitsyscall0', 'casgstatus'],
  GoSwitch: ['coroswitch_m', 'switch'],
  GoSwitchDestroy: ['coroswitch_m', 'switch'],
  GoWaiting: ['park_m', 'casgstatus'],
  GoInSyscall: ['reentersyscall', 'casgstatus'],
  STWBegin: ['stopTheWorldWithSema', 'preemptoff'],
  STWEnd: ['startTheWorldWithSema', 'releasem'],
  GCBegin: ['gcStart', 'begin'],
  GCEnd: ['gcMarkTermination', 'end'],
  Note: ['trace', 'log'],
};

/** For these the reason becomes the step's note. */
export const NOTED: ReadonlySet<Told['kind']> = new Set(['GoStop', 'STWBegin', 'Note']);

/** Reasons of the tracer, in the words that a traceback has for them. */
export const WAIT_REASONS: Readonly<Record<string, string>> = {
  network: 'IO wait',
  forever: 'select (no cases)',
  'sync.(*Cond).Wait': 'sync.Cond.Wait',
};
