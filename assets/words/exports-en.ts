import type zh from './exports-zh';
import type { Translation } from './phrase';

/** A run as a file of data: trace, facts, table, and what other programs open. */
export default {
  /** By the name of its command. */
  menu: {
    exportTrace: 'Trace (JSON Lines)…',
    exportFacts: 'Facts (JSON)…',
    exportCsv: 'Table of steps, events and queues (CSV)…',
    exportPerfetto: 'Perfetto / Chrome trace (JSON)…',
    exportGo119: 'Go 1.19 execution trace…',
    exportGo126: 'Go 1.26 execution trace…',
    exportSchedtrace: 'schedtrace text…',
  },
  about: {
    trace: 'JSON Lines: the scenario and the first state in the first line, then one step per line',
    facts: 'JSON: outcome, threads, system calls, retakes, steals …',
    csv: 'a table: a step in each row, with its events and the lengths of all queues after it',
    perfetto: 'JSON that Perfetto and chrome://tracing open: a track for each P, M and G, arrows, lengths of queues',
    go119: 'an execution trace of Go 1.19, for its go tool trace',
    go126: 'an execution trace of Go 1.26, for its go tool trace',
    schedtrace: 'in the form of GODEBUG=schedtrace=1,scheddetail=1, for each millisecond of virtual time',
  },
  writing: '{name}: {done} of {total} steps written',
  saved: 'Saved to {path} ({size})',
  cancelled: 'The export was cancelled; no file was left behind.',
  busy: 'Another export is still being written: wait for it, or cancel it first.',
} as const satisfies Translation<typeof zh>;
