/** In which forms a run can be given to other programs: one row each. The command line and its help follow. */
import type { State, Step } from '../model/state';
import { ChromeTrace } from './chrome-trace';
import { Go119Trace } from './go-trace/go119';
import { Go126Trace } from './go-trace/go126';
import { REPORT_EVERY_NS, schedLines } from './sched-lines';
import { StepTable } from './table';

/** Takes the steps of a run one by one; what the three return, one after the other, is the file. */
export interface Writer<Piece extends string | Uint8Array = string> {
  head: () => Piece;
  /** `state`: after the step; it changes with the next one. */
  step: (step: Step, state: State) => Piece;
  /** `t`: when the run ended, ns of virtual time. */
  end: (t: number) => Piece;
}

export const FORMATS = {
  csv: (first: State): Writer => {
    const table = new StepTable(first);
    return { head: () => table.head, step: (step, state) => table.row(step, state), end: () => '' };
  },
  perfetto: (first: State): Writer => {
    const trace = new ChromeTrace(first);
    return { head: () => trace.head(), step: (step, state) => trace.step(step, state), end: (t) => trace.end(t) };
  },
  schedtrace: (first: State): Writer => {
    let last = first;
    let next = REPORT_EVERY_NS;
    return {
      head: () => schedLines(first, 0),
      step: ({ t }, state) => {
        let text = '';
        // What was so between two steps stands in the state before the later one, which is gone: the first step of a new period is its report.
        if (t >= next) {
          text = schedLines(state, t);
          next = (Math.floor(t / REPORT_EVERY_NS) + 1) * REPORT_EVERY_NS;
        }
        last = state;
        return text;
      },
      end: (t) => schedLines(last, t),
    };
  },
  go119: (first: State): Writer<Uint8Array> => {
    const trace = new Go119Trace(first);
    return { head: () => trace.head(), step: (step, state) => trace.step(step, state), end: () => trace.end() };
  },
  go126: (first: State): Writer<Uint8Array> => {
    const trace = new Go126Trace(first);
    return { head: () => trace.head(), step: (step, state) => trace.step(step, state), end: () => trace.end() };
  },
} as const satisfies Record<string, (first: State) => Writer | Writer<Uint8Array>>;
