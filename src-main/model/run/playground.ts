/**
 * The playground: a listing that a person wrote, with arguments, as a short run of one goroutine on one thread. Its steps are those of
 * any run, so that the same replay goes through them forward and back. Simplified: no sysmon, whose rounds would come between the
 * instructions; nobody takes the P away during a long call.
 */
import { FORCE_GC_PERIOD_NS } from '../go-constants';
import type { Arch } from '../asm/arch/index';
import type { Parse } from '../asm/assemble';
import { faultsOfLinking } from '../asm/linking';
import type { Routine } from '../asm/listing';
import { parseListing } from '../asm/parse-listing';
import type { Program } from '../asm/program';
import { routineSlots, type RoutineSlots } from '../asm/routine-slots';
import { plainStep } from '../trace/queue-versions';
import {
  argumentBytes,
  GO_FUNCTIONS,
  newRecord,
  type Activation,
  type OwnArgument,
  ownListing,
  type OwnRecord,
} from '../runtime/own-listing';
import type { Scenario } from '../scenario';
import { Simulation } from './simulate';
import type { Outcome, State, Step } from '../state';
import type { Message, ReadInModel } from '../message';
import { textOf } from '../words';

export type { Activation, OwnArgument } from '../runtime/own-listing';
export type { RoutineSlots, Slot } from '../asm/routine-slots';

/** The name under which faults speak of the listing. */
const FILE = 'playground.s';
const MAX_STEPS = 10_000;
/** Characters that all steps together may list: a loop over a large buffer fills memory before it has made its steps. */
const MAX_LISTED = 6_000_000;
const MAX_ARGUMENT_BYTES = 1_024;

export interface PlaygroundRoutine extends RoutineSlots {
  symbol: string;
  line: number;
}

/** `Reason`: a message here; its words once it is told to the window. */
export interface PlaygroundEnd<Reason = Message> {
  /** `return`: back in main. `stuck`: it waits for something that nobody will do. `limit`: too many steps. */
  kind: 'return' | 'exit' | 'panic' | 'fatal' | 'stuck' | 'limit';
  code: number | null;
  /** What Go or the kernel would print; '' where they print nothing. */
  printed: string;
  /** In the listing's terms; null: nothing more to say. */
  reason: Reason | null;
  line: number | null;
}

export interface PlaygroundRun<Reason = Message> {
  first: State;
  steps: readonly Step[];
  /** For each step the line of the listing that it carries out (0: none) and the activation it belongs to (−1: none). */
  lines: readonly number[];
  activationOf: readonly number[];
  activations: readonly Activation[];
  end: PlaygroundEnd<Reason>;
}

export interface PlaygroundAsk {
  arch: Arch;
  source: string;
  /** Symbol of the routine that main calls. */
  entry: string;
  args: readonly OwnArgument[];
  /** What every system call answers; null: what the modelled kernel works out. */
  returns: number | null;
}

/** How a listing becomes a program: read anew, or kept from the last time. */
export type ReadListing = (arch: Arch, source: string) => ReadInModel<{ value: Program }>;

/** A listing as a program that can run, or all of its faults. */
export function readListing(arch: Arch, source: string, parse: Parse = parseListing): ReadInModel<{ value: Program }> {
  const parsed = parse(source, FILE, arch);
  if (!parsed.ok) return parsed;
  const faults = faultsOfLinking(parsed.program, source, GO_FUNCTIONS);
  return faults.length > 0 ? { ok: false, faults } : { ok: true, value: parsed.program };
}

/** The routines of a listing in its order, or all of its faults. */
export function readRoutines(arch: Arch, source: string, read: ReadListing = readListing): ReadInModel<{ value: PlaygroundRoutine[] }> {
  const listing = read(arch, source);
  if (!listing.ok) return listing;
  const routines = Object.values(listing.value.routines).sort((a, b) => a.line - b.line);
  return { ok: true, value: routines.map((routine) => ({ symbol: routine.symbol, line: routine.line, ...routineSlots(routine) })) };
}

export function playListing(ask: PlaygroundAsk, read: ReadListing = readListing): ReadInModel<{ value: PlaygroundRun }> {
  const listing = read(ask.arch, ask.source);
  if (!listing.ok) return listing;
  const program = listing.value;
  const entry = Object.hasOwn(program.routines, ask.entry) ? program.routines[ask.entry] : Object.values(program.routines)[0];
  if (!entry) return refused(1, { key: 'noRoutine' }, 'TEXT ·f(SB),NOSPLIT,$0-0');
  const bytes = argumentBytes(entry);
  if (bytes > MAX_ARGUMENT_BYTES) return refused(entry.line, { key: 'tooManyArgumentBytes', bytes, most: MAX_ARGUMENT_BYTES });
  return { ok: true, value: play(ask, program, entry) };
}

function refused(line: number, message: Message, suggestion: string | null = null): ReadInModel<never> {
  return { ok: false, faults: [{ file: FILE, line, column: 1, message, suggestion }] };
}

function play(ask: PlaygroundAsk, program: Program, entry: Routine): PlaygroundRun {
  const record = newRecord();
  const simulation = new Simulation(scenarioFor(ask.arch), program, (rt) =>
    ownListing(rt, { program, entry, args: ask.args, returns: ask.returns }, record),
  );
  const steps: Step[] = [];
  let listed = 0;
  while (simulation.outcome === null && listed < MAX_LISTED) {
    for (const step of simulation.run(1).steps) {
      steps.push(plainStep(step));
      listed += charactersIn(step);
    }
  }
  return {
    first: simulation.first,
    steps,
    lines: steps.map(({ n }) => record.places.get(n)?.line ?? 0),
    activationOf: steps.map(({ n }) => record.places.get(n)?.activation ?? -1),
    activations: record.activations,
    end: endOf(simulation.outcome, record, simulation.state, steps),
  };
}

function charactersIn({ set }: Step): number {
  let sum = 0;
  for (const [path, old, now] of set)
    sum +=
      path.length +
      (typeof old === 'object' ? JSON.stringify(old).length : 8) +
      (typeof now === 'string' ? now.length : typeof now === 'object' ? JSON.stringify(now).length : 8);
  return sum;
}

function endOf(outcome: Outcome | null, record: OwnRecord, state: State, steps: readonly Step[]): PlaygroundEnd {
  const last = steps.findLast(({ n }) => record.places.has(n));
  const line = (last && record.places.get(last.n)?.line) ?? null;
  if (outcome === null || outcome.kind === 'limit') return { ...unended(outcome, record, state, steps.length), line };
  const { kind, code, message } = outcome;
  if (kind === 'deadlock') return { kind: 'fatal', code, printed: message, reason: null, line };
  if (!record.hasReturned) return { kind, code, printed: message, reason: record.fault?.message ?? null, line: record.fault?.line ?? line };
  const isInside = state.G.G1?.status === '_Gsyscall';
  return { kind: 'return', code, printed: '', reason: isInside ? { key: 'stillInSyscall' } : null, line };
}

function unended(outcome: Outcome | null, { fault }: OwnRecord, state: State, steps: number): Omit<PlaygroundEnd, 'line'> {
  if (fault?.message.key === 'misusedAt') return { kind: 'stuck', code: null, printed: '', reason: fault.message };
  const inKernel = Object.values(state.M).find((row) => row.kernel !== null)?.kernel;
  if (inKernel) {
    const { name, until } = inKernel;
    return { kind: 'stuck', code: null, printed: '', reason: { key: until === null ? 'stuckInKernel' : 'sleepsTooLong', name } };
  }
  return { kind: 'limit', code: null, printed: '', reason: { key: outcome === null ? 'tooMuchRewritten' : 'endlessLoop', steps } };
}

/** What the kernel holds when the listing starts. */
function scenarioFor(arch: Arch): Scenario {
  return {
    id: 'playground',
    title: textOf(() => 'Playground'),
    runtime: {
      go: '1.14',
      arch,
      gomaxprocs: 1,
      maxthreads: 10_000,
      sysmon: false,
      asyncpreempt: true,
      schedtraceNs: 0,
      scheddetail: false,
      forcegcperiodNs: FORCE_GC_PERIOD_NS,
      seed: 1,
      costs: {},
      start: { schedtick: null, syscalltick: null, sysmonDelayNs: null, idleMs: null },
    },
    // A sleep may be as long as it likes: the clock jumps.
    limits: { timeNs: Number.MAX_SAFE_INTEGER, steps: MAX_STEPS },
    kernel: { files: { '/etc/motd': 'hello, village\n' }, fds: { 3: '/etc/motd' } },
    channels: {},
    mutexes: [],
    rwmutexes: [],
    conds: {},
    waitgroups: [],
    cast: { M: [], P: [], G: {} },
    goroutines: { main: [] },
  };
}
