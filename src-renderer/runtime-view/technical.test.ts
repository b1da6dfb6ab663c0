import { describe, expect, test } from 'vitest';
import { currentLine, entersKernel, placeOf } from '../machine/listing-lines';
import type { State, Step } from '../../src-main/contract/index';
import { golden, play, scenarioOf } from '../../src-main/model/testdata/run-scenario';
import { beforeStep, callRegisters, decimalOf, machineModel } from '../machine/machine-model';
import { kernelObjects, memoryRows, tellingRegisters } from '../machine/machine-rows';
import { short, toldAt } from './cell-text';
import { trail } from './technical-rows';

test('the current line of a listing', () => {
  const lines = [
    { offset: null, code: 'TEXT ·Syscall(SB),NOSPLIT,$0-56', bytes: '', zh: '', en: '' },
    { offset: 0, code: 'CALL runtime·entersyscall(SB)', bytes: '', zh: '', en: '' },
    { offset: 25, code: 'SYSCALL', bytes: '', zh: '', en: '' },
    { offset: 27, code: 'CMPQ AX, $0xfffffffffffff001', bytes: '', zh: '', en: '' },
  ];
  expect(placeOf('syscall.Syscall+25')).toEqual({ symbol: 'syscall.Syscall', offset: 25 });
  expect(currentLine(lines, { pc: 'syscall.Syscall+27', text: 'CMPQ AX, $0xfffffffffffff001' })).toBe(3);
  expect(currentLine(lines, { pc: 'syscall.Syscall+27', text: 'SYSRET' })).toBe(2);
  expect(entersKernel(lines)).toBe(2);
});

test.each([
  ['0x10', '16'],
  ['0xfffffffffffffff7', '-9'],
  ['0xffffffffffffd8f0', '-10000'],
  ['0xc000100000', ''],
  ['0x3', ''],
])('%s in decimal: %s', (hex, decimal) => {
  expect(decimalOf(hex)).toBe(decimal);
});

describe('the machine in a small view', () => {
  const { last } = play(scenarioOf(golden('S1.scenario.yaml')));
  const step = (set: Step['set']): Step => ({ n: 1, t: 0, m: 'M0', p: null, g: null, fn: 'f', at: 'a', d: 1, set });

  test('names the empty registers in one line', () => {
    const { shown, empty } = tellingRegisters(callRegisters(machineModel('amd64', last, 'M0', beforeStep(last, 'M0', null))), ['R9']);
    expect(shown.map((reg) => reg.name)).toContain('R9');
    expect(shown.length + empty.length).toBe(11);
    expect(empty).not.toContain('SP');
  });

  test.each([
    ['e698a5e79ca00a', 'e698a5e79ca00a', '春眠'],
    ['00'.repeat(128), '00 × 128', ''],
    ['68690a', '68690a', 'hi'],
    ['ff00ff', 'ff00ff', ''],
  ])('memory %s is shown as %s, and as text “%s”', (bytes, short, text) => {
    const state = { kernel: { mem: { '0x10': '00', '0xc000': bytes } } } as unknown as State;
    const [row] = memoryRows(state, step([['kernel.mem.0xc000', '', bytes]]));
    expect(row).toEqual({ address: '0xc000', bytes: short, text, isChanged: true });
  });
});

test('the trail says what was gone through lately, by this thread only', () => {
  const at = (n: number, m: 'M0' | 'M1', fn: string): Step => ({ n, t: 0, m, p: null, g: null, fn, at: 'a', d: 1, set: [] });
  const steps = [at(1, 'M0', 'newproc1'), at(2, 'M0', 'main.main'), at(3, 'M1', 'sysmon'), at(4, 'M0', 'syscall.read')];
  expect(trail(steps, steps[3] ?? null)).toEqual(['newproc1', 'main.main', 'syscall.read']);
  expect(trail([], null)).toEqual([]);
});

test('kernel objects are told with the descriptors that lead to them', () => {
  const fd = { path: '', offset: 0, flags: 0, description: 1, cloexec: false };
  const kernel = {
    objects: { 1: { kind: 'pipe', bytes: '6869', readers: 1, writers: 0, closed: false }, 2: { kind: 'eventfd', count: '0x3' } },
    fds: { 3: { ...fd, kind: 'pipe-read', object: 1 }, 5: { ...fd, kind: 'eventfd', object: 2 }, 6: { ...fd, kind: 'file', object: 1 } },
    maps: [{ start: '0x7f00', bytes: 4096, prot: 3, flags: 2, path: '/etc/motd', offset: 0 }],
  };
  expect(kernelObjects({ kernel } as unknown as State, null)).toEqual({
    rows: [
      { id: '1', kind: 'pipe #1', text: 'fd 3 · bytes 2 B "hi" · readers 1 · writers 0' },
      { id: '2', kind: 'eventfd #2', text: 'fd 5 · count 0x3' },
      { id: 'map0x7f00', kind: 'mmap', text: '0x7f00 4096 B /etc/motd@0' },
    ],
    more: 0,
  });
});

test('of thousands of maps and objects some are listed, those that the step has made first, and the others are counted', () => {
  const map = (n: number): object => ({ start: `0x${n}000`, bytes: 4096, prot: 3, flags: 2, path: '', offset: 0 });
  const maps = Array.from({ length: 3000 }, (_, n) => map(n));
  const objects = Object.fromEntries(Array.from({ length: 500 }, (_, n) => [n, { kind: 'eventfd', count: '0x0' }]));
  const state = { kernel: { objects, fds: {}, maps } } as unknown as State;
  const step = (set: Step['set']): Step => ({ n: 1, t: 0, m: 'M0', p: null, g: null, fn: 'f', at: 'a', d: 1, set });
  const texts = (set: Step['set']): string[] => kernelObjects(state, step(set)).rows.map(({ kind, text }) => `${kind} ${text}`);
  const { rows, more } = kernelObjects(state, null);
  expect(rows).toHaveLength(24);
  expect(rows.length + more).toBe(3500);
  expect(texts([['kernel.maps', maps.toSpliced(2345, 1), maps]] as Step['set'])[12]).toBe('mmap 0x2345000 4096 B');
  expect(texts([['kernel.objects.321.count', '0x1', '0x0']])[0]).toBe('eventfd #321 count 0x0');
});

test.each([
  ['sysmon.delay', 20_000, '20000 ns'],
  ['sysmon.ticks.P0.schedwhen', 20_200, '20200 ns'],
  ['sysmon.ticks.P12.syscallwhen', 40_400, '40400 ns'],
  ['sched.lastpoll', 2_020_000, '2020000 ns'],
  ['sched.lastpoll', 0, 0],
  ['sched.forcegc.lastgc', 5_000, '5000 ns'],
  ['sched.forcegc.idle', 1, 1],
  ['G.G12.sysexitticks', 3_000_317, '3000317 ns'],
  ['sysmon.ticks.P0.schedtick', 20_200, 20_200],
  ['P.P0.schedtick', 7, 7],
])('the moment or length of time at %s has its unit, and counts have none', (path, value, told) => {
  expect(toldAt(path, value, (ns) => `${ns} ns`)).toBe(told);
});

test.each([
  [{ nr: 0, name: 'read', since: 11_800, until: 31_800 }, 'read 11800–?'],
  [{ nr: 281, name: 'epoll_pwait', since: 20_100, until: null }, 'epoll_pwait 20100–?'],
  [[{ g: 'G1', at: 2_010_000, fd: 3 }], '[G1 · fd 3]'],
  [[{ when: 5_000, g: 'G2' }], '[G2 @5000]'],
])('of what the runtime does not know the table says nothing: %j is %s', (value, text) => {
  expect(short(value, String)).toBe(text);
});
