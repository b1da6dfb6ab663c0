/** For tests: functions of the runtime driven row by row, where only a race shows what they do. */
import { COSTS } from '../run/costs';
import { firstState } from '../run/first-state';
import { SeededRandom } from '../run/random';
import { Recorder } from '../run/recorder';
import { type Engine, Runtime } from '../runtime/runtime';
import type { Row, Thread } from '../runtime/thread';
import type { Scenario } from '../scenario';
import type { MId, PId, State } from '../state';
import { GO_1_14 } from '../versions/go1.14';

/** A runtime without an engine: a thread is driven row by row up to its first rest, and the test does what others would do in between. */
export function bench(made: Scenario): {
  rt: Runtime;
  started: MId[];
  drive: (m: MId, thread: Thread, before?: (row: Row, state: State) => unknown) => string[];
} {
  const started: MId[] = [];
  const engine: Engine = {
    start: (m) => started.push(m),
    wake: () => true,
    restOf: () => null,
    signal: () => undefined,
    callFromC: () => undefined,
    lookForExtraM: () => undefined,
  };
  const state = firstState(made);
  const to = new Recorder(state);
  const rt = new Runtime(
    to,
    made,
    COSTS,
    new SeededRandom(1),
    engine,
    { arch: 'amd64', program: { symbols: new Map() } } as never,
    GO_1_14,
  );
  for (const p of Object.keys(state.P)) rt.declareP(p as PId);
  const drive = (m: MId, thread: Thread, before: (row: Row, state: State) => unknown = () => undefined): string[] => {
    const seen: string[] = [];
    let next = thread.next('time');
    while (!next.done && next.value.wait === 'row') {
      const here = next.value;
      before(here, state);
      to.begin(0, m, here.fn, here.at, 0);
      next = thread.next('time');
      to.end();
      seen.push(`${here.fn}/${here.at}`);
    }
    return seen;
  };
  return { rt, started, drive };
}
