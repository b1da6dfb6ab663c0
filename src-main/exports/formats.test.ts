import { describe, expect, test } from 'vitest';
import type { State } from '../model/state';
import { golden, play, type Played, scenarioOf } from '../model/testdata/run-scenario';
import { applyStep, copyState } from '../model/trace/replay';
import { FORMATS } from './formats';
import { schedLines } from './sched-lines';
import type { TraceEvent } from './testdata/perfetto-check';

function exported({ first, steps }: Played, format: 'csv' | 'perfetto' | 'schedtrace'): string {
  const writer = FORMATS[format](first);
  const state = copyState(first);
  let text = writer.head();
  for (const step of steps) {
    applyStep(state, step);
    text += writer.step(step, state);
  }
  const last = steps.at(-1);
  return text + writer.end((last?.t ?? 0) + (last?.d ?? 0));
}

const names = ['S1', 'S3', 'S5', 'S11', 'S12', 'S13'];
const runs = new Map(names.map((name) => [name, play(scenarioOf(golden(`${name}.scenario.yaml`)))]));
const runOf = (name: string): Played => {
  const run = runs.get(name);
  if (!run) throw new Error(name);
  return run;
};

const eventsOf = (played: Played): TraceEvent[] => (JSON.parse(exported(played, 'perfetto')) as { traceEvents: TraceEvent[] }).traceEvents;

describe.each(names)('the trace of %s for Perfetto', (name) => {
  const played = runOf(name);
  const events = eventsOf(played);
  const ofKind = (ph: string): TraceEvent[] => events.filter((event) => event.ph === ph);
  const keyOf = ({ pid, tid }: TraceEvent): string => `${String(pid)}/${String(tid)}`;

  test('spans of a track follow each other, and each track has a name', () => {
    const named = new Set(
      ofKind('M')
        .filter((event) => event.name === 'thread_name')
        .map(keyOf),
    );
    const ends = new Map<string, number>();
    for (const span of ofKind('X').sort((a, b) => a.ts - b.ts)) {
      expect(named).toContain(keyOf(span));
      // In ns: the format's µs have fractions that binary numbers do not hold.
      expect(Math.round(span.ts * 1000)).toBeGreaterThanOrEqual(ends.get(keyOf(span)) ?? 0);
      ends.set(keyOf(span), Math.round((span.ts + span.dur) * 1000));
    }
  });

  test('every arrow has two ends, the second not before the first', () => {
    const starts = new Map(ofKind('s').map((event) => [event.id, event]));
    const ends = ofKind('f');
    expect(ends).toHaveLength(starts.size);
    for (const end of ends) expect(end.ts).toBeGreaterThanOrEqual(starts.get(end.id)?.ts ?? Infinity);
  });

  test('counters end at what the last state holds', () => {
    const last = new Map(ofKind('C').map((event) => [event.name, event.args.waiting]));
    const { sched } = played.last;
    expect([last.get('sched.runq'), last.get('idle Ps'), last.get('idle Ms')]).toEqual([
      sched.runq.length,
      sched.pidle.length,
      sched.midle.length,
    ]);
  });

  test('a goroutine runs on its track as long as the facts say', () => {
    const lives = Object.values(played.facts.goroutines);
    // A structure that is used again has more than one life on its track.
    for (const { id, runs: stays, ended, syscalls } of lives.filter((life) => lives.filter((other) => other.id === life.id).length === 1)) {
      // For the facts a system call that nobody disturbs does not end a run.
      if (ended === null || syscalls.length > 0) continue;
      const spans = ofKind('X').filter((event) => keyOf(event) === `3/${id.slice(1)}` && event.name.startsWith('running on'));
      const drawn = spans.reduce((ns, { dur }) => ns + Math.round(dur * 1000), 0);
      const told = stays.reduce((ns, { from, to }) => ns + to - from, 0);
      // The last span ends with the run, some ns after the last step began.
      expect(Math.abs(drawn - told)).toBeLessThan(100);
    }
  });
});

describe('the table', () => {
  test('has a row for each step, with the lengths that replay finds', () => {
    const played = runOf('S3');
    const [head = '', ...rows] = exported(played, 'csv').trimEnd().split('\r\n');
    expect(head.startsWith('\ufeffn,t (ns),')).toBe(true);
    expect(rows).toHaveLength(played.steps.length);
    const column = head.split(',').indexOf('sched.runq');
    const state = copyState(played.first);
    const waiting = played.steps.map((step) => {
      applyStep(state, step);
      return String(state.sched.runq.length);
    });
    expect(rows.map((row) => row.replace(/"[^"]*"/g, 'quoted').split(',')[column])).toEqual(waiting);
  });

  test('text with commas is quoted, and a formula is only text', () => {
    const scenario = {
      schedville: 1,
      kind: 'scenario',
      id: 'c',
      title: { zh: '甲', en: 'a' },
      goroutines: { main: [{ mark: '=1+1, "x"' }] },
    };
    expect(exported(play(scenarioOf(JSON.stringify(scenario))), 'csv')).toContain(`,"'=1+1, ""x""",`);
  });
});

describe('reports in the form of schedtrace', () => {
  test('say what the model’s own sysmon prints at the same moment', () => {
    const played = play(
      scenarioOf(
        JSON.stringify({
          schedville: 1,
          kind: 'scenario',
          id: 's',
          title: { zh: '记', en: 's' },
          runtime: { gomaxprocs: 2, schedtrace: '1ms', scheddetail: true },
          goroutines: {
            main: [{ go: { name: 'w', times: 3 } }, { syscall: { name: 'read', takes: '3ms', returns: 0 } }],
            w: [{ compute: '2ms' }],
          },
        }),
      ),
    );
    const reports = played.last.kernel.stderr.split(/(?=^SCHED )/m);
    const state: State = copyState(played.first);
    const moments: { state: State; t: number }[] = [];
    for (const step of played.steps) {
      applyStep(state, step);
      if (step.fn === 'schedtrace' && step.at === 'lock') moments.push({ state: copyState(state), t: step.t });
    }
    expect(moments.length).toBeGreaterThan(2);
    // Go's report also has the goroutines of the runtime that the model leaves out, sysmon holds locks while it prints, and times count from the first report.
    const comparable = (text: string): string[] =>
      text
        .split('\n')
        .filter((line) => !/^ {2}G[2-5]:/.test(line))
        .map((line) => line.replace(/ locks=\d+/, '').replace(/^SCHED \d+ms/, 'SCHED'));
    for (const [i, moment] of moments.entries())
      expect(comparable(schedLines(moment.state, moment.t))).toEqual(comparable(reports[i] ?? ''));
  });
});
