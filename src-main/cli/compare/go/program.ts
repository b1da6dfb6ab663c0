/** A program of the comparison: a scenario whose operations all have a Go statement, and what is watched of its run. */
import { FORCE_GC_PERIOD_NS } from '../../../model/go-constants';
import { faultText } from '../../../formats/fault';
import { parseScenario } from '../../../formats/scenario';
import { scenarioText } from '../../../formats/scenario-text';
import { rowOf } from '../../../model/operations/index';
import type { AnyOperation } from '../../../model/operations/operation';
import type { Operation, Scenario } from '../../../model/scenario';
import { BY_C } from './outcome';
import { writtenText } from '../../../model/words';

/** What a program needs besides its goroutines. Channels of `timers` are filled by the one `after` or `ticker` that names them. */
export type Program = Pick<Scenario, 'goroutines' | 'channels' | 'mutexes' | 'rwmutexes' | 'conds' | 'waitgroups'> & {
  readonly gomaxprocs: number;
  readonly timers: readonly string[];
};

/** By its label, the goroutine that comes to a mark. */
export function ownersOfMarks(goroutines: Program['goroutines']): Map<string, string> {
  const owners = new Map<string, string>();
  const look = (operations: readonly AnyOperation[], owner: string): void => {
    for (const operation of operations) {
      if (operation.kind === 'mark') owners.set((operation as Extract<Operation, { kind: 'mark' }>).text, owner);
      look(rowOf(operation).within?.(operation).operations ?? [], operation.kind === 'cgothread' ? BY_C : owner);
    }
  };
  for (const [name, operations] of Object.entries(goroutines)) look(operations, name);
  return owners;
}

/** Whether it waits for connections. */
export const readsNetwork = ({ goroutines }: Program): boolean => JSON.stringify(goroutines).includes('"kind":"netread"');

/** Long enough for everything that a program waits for; the real one is given seconds, because the machine has other things to do. */
const LIMITS = { timeNs: 3_000_000_000, steps: 300_000 };

function scenarioFrom({ gomaxprocs, timers: _, ...program }: Program): Scenario {
  return {
    id: 'compared',
    title: writtenText({ zh: '对照', en: 'compared' }),
    runtime: {
      go: '1.14',
      arch: 'amd64',
      gomaxprocs,
      maxthreads: 10_000,
      sysmon: true,
      asyncpreempt: true,
      schedtraceNs: 0,
      scheddetail: false,
      forcegcperiodNs: FORCE_GC_PERIOD_NS,
      seed: 1,
      costs: {},
      start: { schedtick: null, syscalltick: null, sysmonDelayNs: null, idleMs: null },
    },
    limits: LIMITS,
    kernel: { files: {}, fds: {} },
    cast: { M: [], P: [], G: {} },
    ...program,
  };
}

/** The file that says the same; it is read as any other, so that what is compared is what a person could write. */
export function scenarioOf(program: Program): { text: string; scenario: Scenario } {
  const text = scenarioText(scenarioFrom(program));
  const parsed = parseScenario(text, 'compared.scenario.yaml');
  if (!parsed.ok) throw new Error(parsed.faults.map((fault) => faultText(fault, 'en')).join('\n'));
  return { text, scenario: parsed.scenario };
}
