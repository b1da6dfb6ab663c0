import type zh from './asking-zh';
import type { Translation } from './phrase';

/** Questions on a terminal: sim events, why, compare. */
export default {
  help: {
    events: `sim events FILE: lists what happens in a run, a sentence for each event: who did what to whom, after how long. FILE is a scenario or a trace.

One line per event, separated by tabs: step, time, kind, sentence. Exit status 0 when there are events, 3 when there are none.

  --only WHO       only events in which WHO takes part: G7, M2, P0, or a goroutine's name
  --kind KINDS     only these kinds, separated by commas: {kinds}
  --limit N        N events at most
  --voice village|go   in the village's words or in Go's (default: village)
  --json           a JSON array instead of lines, times in ns
  --lang {languages}     language

Examples:
  {call} events {example}
  {call} events {example} --only main --kind syscall,wait --voice go
`,
    why: `sim why FILE WHO: explains the state of a thread, P, goroutine or field at a step by its causes, backwards to the start, the kernel or the clock. FILE is a scenario or a trace.

WHO is G7, M2, P0, a goroutine's name, or a place of the state such as P0.status, sched.nmspinning or chan.c.count.
A line for each fact: which step wrote it, when, and a sentence; below it what the model had read there, with the step that had written
that, and, indented, what led to it. Exit status 0, or 3 when WHO does not exist at that step.

  --at WHERE       a step (65), a time (11ms), or function/row (execute/casgstatus; its third time: execute/casgstatus#3)
                   default: for a goroutine the end of its longest wait, otherwise the end of the run
  --voice village|go   in the village's words or in Go's (default: village)
  --json           JSON, times in ns
  --lang {languages}     language

Examples:
  {call} why {example} main
  {call} why {example} P0 --at retake/retake --voice go
`,
    compare: `sim compare FILE OTHER: the first thing in which two runs differ, in a sentence. Either is a scenario or a trace.

Prints the sentence, then a line for each run: how it ended, after how long, in how many steps. Exit status 0 when they are
the same, 3 when they differ.

  --with NAME=VALUE   instead of OTHER: FILE's own scenario with other values, several between commas, as in gomaxprocs=2,seed=7
  --json           JSON, times in ns
  --lang {languages}     language

Examples:
  {call} compare {example} --with gomaxprocs=1
  {call} compare {example} other.scenario.yaml --json
`,
  },
  lacksWho: 'why needs somebody or something to explain: write sim why {file} main',
  lacksOther: 'compare needs something to compare with: write a second file, or --with gomaxprocs=2',
  bothOthers: 'compare takes a second file or --with, not both.',
  mostFiles: '{command} takes at most {most} {most:word|words}, found {n}: {words}',
  nobody: 'there is no {found} in this run{guess}.',
  notThere: 'there is no {who} at step {n}.',
  noKind: 'there is no event kind {found}{guess}; the kinds are {known}.',
  noVoice: 'expected {known} for --voice, found {found}.',
  badPlace: 'expected a step (65), a time (11ms) or function/row (retake/retake#2) for --at, found {found}.',
  neverThere: 'the run never comes to {found}{guess}.',
  fewerTimes: 'the run comes to {found} only {n} {n:time|times}.',
  badWith: 'expected something like gomaxprocs=2,seed=7 for --with, found {found}.',
  noKnob: 'this scenario has no number called {found}{guess}; these can be changed: {known}.',
  badValue: '{name} cannot be {found}.',
  withTrace: '--with changes a scenario; {file} is a trace.',
  withTwice: '--with names {name} twice, found {found}; give it one value.',
  noEvent: 'there is no such event.',
  asked: '{who} at step {n} ({time}):',
  because: 'because it read {reads}',
  becauseRead: 'because it read',
  registers: 'Registers: up and down from one to the next, I opens its card, Enter selects it',
  looking: 'looking up what the model had read …',
  readAt: '{read} ({step})',
  atStart: 'start',
  ending: '{name}: {how}, {time}, {steps} {steps:step|steps}',
  recorded: 'as recorded',
} as const satisfies Translation<typeof zh>;
