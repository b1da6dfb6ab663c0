/** Events of a recorded run: each step is one, and the tracer's own name (`ev`) says of which type. Pure. */
import type { GId, Json, MId, PId, Step } from '../../model/state';
import { callOf, type Followed } from './followed';
import { typeNumber } from './rows';

/** Event types by the tracer's names (imports/told.ts); a step without a name is a note. */
const TYPES: Readonly<Record<string, string>> = {
  ProcAdded: 'addsP',
  ProcStart: 'takesP',
  ProcStop: 'leavesP',
  ProcSteal: 'losesP',
  GoCreate: 'creates',
  GoCreateBlocked: 'creates',
  GoCreateSyscall: 'needm',
  GoStart: 'runs',
  GoDestroy: 'leaves',
  GoDestroySyscall: 'dropm',
  GoStop: 'yields',
  GoBlock: 'waits',
  GoUnblock: 'readies',
  GoSyscallBegin: 'enters',
  GoSyscallEnd: 'returns',
  GoSyscallEndBlocked: 'returnsLate',
  GoSwitch: 'hops',
  GoSwitchDestroy: 'hops',
  GoWaiting: 'isThere',
  GoInSyscall: 'isThere',
  STWBegin: 'stopsWorld',
  STWEnd: 'starts',
  GCBegin: 'gcBegins',
  GCEnd: 'gcEnds',
};
const NUMBERS = new Map(Object.entries(TYPES).map(([ev, type]) => [ev, typeNumber(type)]));
const LOGS = typeNumber('logs');

export const recordedType = ({ ev }: Pick<Step, 'ev'>): number => (ev === undefined ? LOGS : (NUMBERS.get(ev) ?? LOGS));

export interface RecordedEvent {
  other: GId | null;
  m2: MId | null;
  p2: PId | null;
  dt: number | null;
  object: string;
  reason: string;
}

/** These end something of the goroutine's own; the sentence says how long it had lasted. */
const OWN_TIME = new Set(['GoStop', 'GoDestroy', 'GoSyscallEnd', 'GoSyscallEndBlocked']);
/** Events about another goroutine, and the status that it gets; '': it is new. */
const OTHERS = new Map([
  ['GoCreate', ''],
  ['GoCreateBlocked', ''],
  ['GoStart', '_Grunning'],
  ['GoSwitch', '_Grunning'],
  ['GoSwitchDestroy', '_Grunning'],
  ['GoUnblock', '_Grunnable'],
  ['GoWaiting', '_Gwaiting'],
  ['GoInSyscall', '_Gsyscall'],
]);

/** `G.G7`, which was not there before. */
const isNewRow = (path: string, old: Json): boolean => old === null && path.lastIndexOf('.') === 1;
const idIn = (path: string): string => path.slice(2, path.indexOf('.', 2) < 0 ? undefined : path.indexOf('.', 2));

/** The call's name: package syscall's own function, or for calls without a wrapper the exported one, as in syscall.Getpid. */
function callIn(frames: readonly Json[]): string {
  const exported = frames.findLast((each) => typeof each === 'string' && /^syscall\.(?!Raw|Syscall)[A-Z]/.test(each));
  return callOf(frames) || (typeof exported === 'string' ? exported.slice('syscall.'.length).toLowerCase() : '');
}

/** What the sentence of a step is filled with. `followed`: the state before the step. */
export function recordedEvent(step: Step, followed: Followed): RecordedEvent {
  const { ev = '', g, t, note = '' } = step;
  const event: RecordedEvent = { other: null, m2: null, p2: null, dt: null, object: ev === '' ? note : '', reason: ev === '' ? '' : note };
  const since = (id: GId | null): number | null => {
    const standing = id === null ? undefined : followed.standing.get(id);
    return standing === undefined || standing.n === 0 ? null : t - standing.t;
  };
  const wanted = OTHERS.get(ev);
  for (const [path, old, now] of step.set) {
    if (path.startsWith('P.') && path.endsWith('.status')) event.p2 = idIn(path) as PId;
    else if (path.startsWith('P.') && isNewRow(path, old)) event.p2 = idIn(path) as PId;
    else if (path.startsWith('G.')) {
      const id = idIn(path) as GId;
      if (wanted === '' ? isNewRow(path, old) || (path.endsWith('.status') && id !== g) : path.endsWith('.status') && now === wanted)
        event.other = id;
      if (path.endsWith('.waitreason')) event.reason = String(now);
      if (path.endsWith('.frames') && ev === 'GoSyscallBegin') event.object = callIn(Array.isArray(now) ? now : []);
    }
  }
  if (OWN_TIME.has(ev)) event.dt = since(g);
  else if (ev === 'GoStart' || ev === 'GoUnblock') event.dt = since(event.other);
  if (g !== null && ev === 'GoBlock' && event.reason === '') event.reason = followed.reason.get(g) ?? '';
  if (event.other !== null && ev === 'GoUnblock') event.reason = followed.reason.get(event.other) ?? '';
  if (g !== null && ev === 'GoSyscallBegin' && event.object === '') event.object = followed.frame.get(g) ?? '';
  if (event.p2 !== null && ev === 'ProcSteal') {
    const locked = followed.locked.get(event.p2);
    if (locked) Object.assign(event, { m2: locked.by, other: locked.g, dt: t - locked.t });
  }
  return event;
}
