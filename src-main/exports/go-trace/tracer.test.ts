/** What the tracer tells of a run, held against the events that the functions of Go 1.14 themselves write (`ev`). */
import { describe, expect, test } from 'vitest';
import { golden, play, scenarioOf } from '../../model/testdata/run-scenario';
import type { MId } from '../../model/state';
import { applyStep, copyState } from '../../model/trace/replay';
import { ByteWriter } from './byte-writer';
import { Tracer, type TracerEvent } from './tracer';

/** In the words of the older tracer; what it does not tell is left out. */
function oldNames({ kind, why, g, proc }: TracerEvent, tracer: Tracer): string[] {
  switch (kind) {
    case 'ProcSteal':
      return ['GoSysBlock', 'ProcStop'];
    case 'ProcStop':
      return g !== null && proc !== null && tracer.G.get(g) === 'syscall' ? ['GoSysBlock', 'ProcStop'] : ['ProcStop'];
    case 'GoSyscallBegin':
      return ['GoSysCall'];
    case 'GoSyscallEndBlocked':
      return ['GoSysExit'];
    case 'GoDestroy':
      return ['GoEnd'];
    case 'GoStop':
      return [why === 'runtime.Gosched' ? 'GoSched' : 'GoPreempt'];
    case 'GoBlock':
      return [why];
    case 'GoSyscallEnd':
    case 'STWBegin':
    case 'STWEnd':
      return [];
    default:
      return [kind];
  }
}

const BLOCKS: Readonly<Record<string, string>> = {
  GoSleep: 'sleep',
  GoBlockSend: 'chan send',
  GoBlockRecv: 'chan receive',
  GoBlockSelect: 'select',
  GoBlockSync: 'sync',
  GoBlockCond: 'sync.(*Cond).Wait',
  GoBlockNet: 'network',
  GoStop: 'forever',
};

/** Who has left its system call is told of when it runs again, by Go; here at once. A thread takes its P a row or two sooner or later. */
const inAnyOrder = (names: readonly string[]): string[] => names.filter((name) => name !== 'GoSysExit' && !name.startsWith('Proc'));

describe.each(['S1', 'S2', 'S3', 'S4', 'S5', 'S6', 'S7', 'S8', 'S11', 'S13', 'S14'])('%s', (name) => {
  const { first, steps } = play(scenarioOf(golden(`${name}.scenario.yaml`)));
  const tracer = new Tracer(first);
  const state = copyState(first);
  const told = new Map<MId, string[]>();
  const written = new Map<MId, string[]>();
  const all = { told: [] as string[], written: [] as string[] };
  const add = (to: Map<MId, string[]>, m: MId, names: readonly string[]): void => void to.set(m, [...(to.get(m) ?? []), ...names]);
  for (const step of steps) {
    applyStep(state, step);
    const events = tracer.take(step, state);
    if (tracer.isOver) break;
    for (const event of events) {
      const names = oldNames(event, tracer);
      add(told, event.m, inAnyOrder(names));
      all.told.push(...names);
    }
    const names = (step.ev?.split(' ') ?? []).map((each) => BLOCKS[each] ?? each);
    add(written, step.m, inAnyOrder(names));
    all.written.push(...names);
  }

  test('each thread tells what the functions of Go write, in their order', () => {
    const some = (each: Map<MId, string[]>): [MId, string[]][] => [...each].filter(([, names]) => names.length > 0).sort();
    expect(some(told)).toEqual(some(written));
  });

  test('every system call that has lost its P is told to be blocked before it is left, and left before its goroutine starts', () => {
    const blocked = all.told.filter((each) => each === 'GoSysBlock');
    expect(blocked).toHaveLength(all.written.filter((each) => each === 'GoSysBlock').length);
  });
});

test('numbers are written in groups of 7 bits, and -1 as 64', () => {
  const bytes = new ByteWriter();
  for (const value of [0, 127, 128, 2 ** 40 + 1, -1]) bytes.varint(value);
  expect([...bytes.take()]).toEqual([
    0,
    127,
    ...[0x80, 1],
    ...[0x81, 0x80, 0x80, 0x80, 0x80, 0x20],
    ...[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1],
  ]);
  expect(() => bytes.varint(1.5)).toThrow('no varint: 1.5');
});
