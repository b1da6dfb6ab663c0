import { describe, expect, test } from 'vitest';
import { currentLine, entersKernel, placeOf } from '../machine/listing-lines';
import type { State, Step } from '../../src-main/contract/index';
import { golden, play, scenarioOf } from '../../src-main/model/testdata/run-scenario';
import { beforeStep, callRegisters, decimalOf, machineModel } from '../machine/machine-model';
import { kernelObjects, memoryRows, tellingRegisters } from '../machine/machine-rows';
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
  expect(kernelObjects({ kernel } as unknown as State)).toEqual([
    { id: '1', kind: 'pipe #1', text: 'fd 3 · bytes 2 B "hi" · readers 1 · writers 0' },
    { id: '2', kind: 'eventfd #2', text: 'fd 5 · count 0x3' },
    { id: 'map0', kind: 'mmap', text: '0x7f00 4096 B /etc/motd@0' },
  ]);
});
