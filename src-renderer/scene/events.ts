/**
 * What befalls the whole village in a state: the world is stopped, everybody sleeps for ever, the program dies or ends. Said from fields of the
 * state, from what the dying program has printed and, once the last step is over, from how the run has ended: never before it happens. Pure.
 */
import type { Language } from '../../assets/words/index';
import { fill, WORDS } from '../../assets/words/index';
import type { GId, GRow, MId, MRow, OpenedRun, PId, PRow, Scenario, State, Step } from '../../src-main/contract/index';
import { type EventKind, filled } from './glossary';
import { childName, parentName } from './names';

export type Ended = NonNullable<OpenedRun['outcome']>;

export interface VillageEvent {
  kind: EventKind;
  /** Whose doing it is, or whom it has befallen; null: nobody's in particular. */
  g: GId | null;
  m: MId | null;
  /** How many houses have not done it yet, and how many there are. */
  left: number;
  count: number;
  /** The first of those that have not, where the state says which. */
  leftIds: readonly PId[];
  /** In Go's own words: what it says, why it is done. */
  what: string;
  /** The exit status; null while the program has not ended. */
  code: number | null;
  /** Of the parent that was one too many. */
  n: number;
}

const SHOWN_IDS = 4;

type Found = Partial<VillageEvent> & { kind: EventKind };
const eventOf = (found: Found): VillageEvent => ({
  ...{ g: null, m: null, left: 0, count: 0, leftIds: [], what: '', code: null, n: 0 },
  ...found,
});

/** `step`: the one that led here; null: none in particular. `ended`: how the run has ended; null while it has not. */
export function villageEvent(state: State, step: Step | null, ended: Ended | null): VillageEvent | null {
  const found = (ended ? endOf(state, step, ended) : null) ?? deathOf(state) ?? stopOf(state) ?? metersOf(state);
  return found && eventOf(found);
}

/** The first line of what the runtime has said it dies of; '' while it has not said it. The last one: whoever prints the same before does not count. */
function lastWords(printed: string): string {
  return [...printed.matchAll(/^(?:fatal error: |panic: |SIG[A-Z]+: ).*$/gm)].at(-1)?.[0] ?? '';
}

function kindOf(what: string): EventKind {
  if (what === '') return 'dying';
  if (what.endsWith(' - deadlock!')) return 'deadlock';
  if (what === 'fatal error: thread exhaustion') return 'threads';
  return what.startsWith('panic: ') ? 'panic' : 'fatal';
}

/** Go: freezetheworld waits for more houses than there are. */
function deathOf(state: State): Found | null {
  const { gcwaiting, stopwait, mcount } = state.sched;
  if (!gcwaiting || stopwait <= Object.keys(state.P).length) return null;
  const what = lastWords(state.kernel.stderr);
  return { kind: kindOf(what), what, n: mcount, ...victimOf(state, what) };
}

/** The goroutine that the report names first; before there is one, the only one that runs and is not asked to give way. */
function victimOf(state: State, what: string): { g: GId | null; m: MId | null } {
  const all = Object.entries(state.G) as [GId, GRow][];
  const report = what === '' ? '' : state.kernel.stderr.slice(state.kernel.stderr.lastIndexOf(what));
  const goid = /^goroutine (\d+) \[running/m.exec(report)?.[1];
  const found =
    goid === undefined && (what === '' || kindOf(what) === 'panic')
      ? all.filter(([, { status, preempt }]) => status === '_Grunning' && !preempt)
      : all.filter(([, { status, goid: own }]) => status !== '_Gdead' && String(own) === goid);
  const [victim] = found;
  return victim && found.length === 1 ? { g: victim[0], m: victim[1].m } : { g: null, m: null };
}

function endOf(state: State, step: Step | null, { kind, code, message }: Ended): Found | null {
  switch (kind) {
    case 'exit':
      if (message.startsWith('signal: ')) return { kind: 'killed', what: message.slice('signal: '.length), code };
      return { kind: step?.fn === 'main' ? 'exit' : 'osexit', g: step?.g ?? null, m: step?.m ?? null, code };
    case 'deadlock':
    case 'fatal':
    case 'panic': {
      const [first = ''] = message.split('\n');
      const what = lastWords(message) || first;
      return { kind: kind === 'panic' ? 'panic' : kindOf(what), what, code, n: state.sched.mcount, ...victimOf(state, what) };
    }
    default:
      // Cut off at a limit: nothing has happened in the village.
      return null;
  }
}

function stopOf(state: State): Found | null {
  const { gcwaiting, stopwait } = state.sched;
  if (!gcwaiting) return null;
  const houses = (Object.values(state.P) as PRow[]).filter(({ status }) => status !== '_Pdead');
  const [m, row] = (Object.entries(state.M) as [MId, MRow][]).find(([, { preemptoff }]) => preemptoff !== '') ?? [];
  const by = { m: m ?? null, g: row?.curg ?? null, what: row?.preemptoff ?? '', count: houses.length };
  if (stopwait > 0) return { kind: 'stopping', left: stopwait, ...by };
  return { kind: houses.every(({ status }) => status === '_Pgcstop') ? 'stopped' : 'starting', ...by };
}

function metersOf(state: State): Found | null {
  const { safePointFn, safePointWait } = state.sched;
  if (safePointFn === null) return null;
  const leftIds = (Object.entries(state.P) as [PId, PRow][]).filter(([, { runSafePointFn }]) => runSafePointFn).map(([id]) => id);
  return { kind: 'meters', what: safePointFn, left: safePointWait, count: Object.keys(state.P).length, leftIds };
}

/** A slip on a cord while something goes on; else a banner between two poles. */
export type EventLook = 'slip' | 'stop' | 'deadlock' | 'panic' | 'end';

export const LOOKS: Readonly<Record<EventKind, EventLook>> = {
  stopping: 'slip',
  stopped: 'stop',
  starting: 'slip',
  meters: 'slip',
  deadlock: 'deadlock',
  dying: 'panic',
  panic: 'panic',
  fatal: 'panic',
  threads: 'panic',
  exit: 'end',
  osexit: 'end',
  killed: 'panic',
};

export const lookOf = ({ kind }: VillageEvent): EventLook => LOOKS[kind];

/** What the event does to the light: dusk while the world is stopped, no light at all at a deadlock; '' leaves it as it is. */
export function lightOf(event: VillageEvent | null): 'dusk' | 'lightless' | '' {
  if (event === null) return '';
  if (event.kind === 'deadlock') return 'lightless';
  return event.kind === 'stopping' || event.kind === 'stopped' || event.kind === 'starting' ? 'dusk' : '';
}

/** Go: checkdead, when every goroutine has ended and main.main has not returned. */
const NOBODY_LEFT = 'main called runtime.Goexit';

export interface EventText {
  headline: string;
  /** '' when there is nothing more to say. */
  note: string;
}

export function eventText(event: VillageEvent, state: State, cast: Scenario['cast'], language: Language): EventText {
  const { kind, g, m, left, count, leftIds, code, n } = event;
  const child = g === null ? undefined : state.G[g];
  const parent = m === null ? undefined : state.M[m];
  const who =
    g !== null && child
      ? `${childName(g, child.name, cast, language)} ${g}`
      : m !== null && parent
        ? `${parentName(m, parent.role, cast, language)} ${m}`
        : '';
  const values = {
    who,
    what: event.what,
    left: leftIds.length > 0 && leftIds.length <= SHOWN_IDS ? leftIds.join(' ') : left,
    count,
    n,
    code: code === null ? '' : fill(WORDS[language].outcome.status, { code }),
  };
  /** Whom nobody is known for is not spoken of. */
  const tidy = (text: string): string => text.replace(/^ · | · $/g, '').trim();
  const note = who === '' && kind === 'panic' ? '' : filled(`event.${kind}`, 'note', values, language);
  // Go calls both a deadlock, but here nobody is left who could be asleep.
  const on = kind === 'deadlock' && event.what.includes(NOBODY_LEFT) ? 'gone' : 'banner';
  return { headline: tidy(filled(`event.${kind}`, on, values, language)), note: tidy(note) };
}
