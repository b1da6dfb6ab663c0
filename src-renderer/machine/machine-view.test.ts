/** What the machine view decides: user or kernel, the line that is next, the error test and the flags. */
import { render } from '@testing-library/svelte';
import { beforeAll, describe, expect, test } from 'vitest';
import { listingView } from '../../src-main/app/listing-view';
import { applied, type Arch, type State, type Step } from '../../src-main/contract/index';
import { assets, golden, play, scenarioOf } from '../../src-main/model/testdata/run-scenario';
import MachineView from './MachineView.svelte';

beforeAll(() => {
  // jsdom scrolls nothing.
  Element.prototype.scrollIntoView = (): void => undefined;
});

const base = scenarioOf(golden('S1.scenario.yaml'));
const runs = Object.fromEntries(
  (['amd64', 'arm64'] as const).map((arch) => [arch, play({ ...base, runtime: { ...base.runtime, arch } })]),
) as Record<Arch, ReturnType<typeof play>>;

interface At {
  step: Step;
  after: State;
}

/** The first step whose instruction begins so. */
function at(arch: Arch, begins: string): At {
  const { first, steps } = runs[arch];
  const i = steps.findIndex((step) => step.asm?.text.startsWith(begins));
  const step = steps[i];
  if (!step) throw new Error(`${arch} never comes to ${begins}`);
  return { step, after: applied(first, ...steps.slice(0, i + 1)) };
}

function view(arch: Arch, { step, after }: { step: Step | null; after: State }, changes: Record<string, unknown> = {}): HTMLElement {
  const props = {
    after,
    step,
    language: 'en' as const,
    arch,
    go: '1.14' as const,
    listings: listingView(assets, arch),
    focus: [],
    isLarge: false,
    lastRoutine: () => null,
    ...changes,
  };
  return render(MachineView, props).container;
}

const text = (element: Element | null): string => (element?.textContent ?? '').replace(/\s+/g, ' ').trim();
const nowLines = (shown: HTMLElement): string[] => [...shown.querySelectorAll('.line.now code')].map(text);
const registers = (shown: HTMLElement): string[] => [...shown.querySelectorAll('.side table:not(.stack) th')].map(text);

describe.each([
  ['amd64', 'SYSCALL', 'JLS', ['CF', 'ZF', 'SF', 'OF', 'PF', 'AF'], 'AX'],
  ['arm64', 'SVC', 'BCC', ['N', 'Z', 'C', 'V'], 'R0'],
] as const)('on %s', (arch, call, branch, flags, result) => {
  test('the thread that entered the kernel stands in it, at the instruction that led there', () => {
    const entered = at(arch, call);
    const shown = view(arch, entered);
    expect(entered.after.M.M0?.kernel).not.toBeNull();
    expect(text(shown.querySelector('.band strong'))).toBe('kernel mode');
    expect(shown.querySelector('.band')?.classList).toContain('kernel');
    expect(text(shown.querySelector('.band'))).toContain('in the kernel: read');
    expect(nowLines(shown)).toEqual([expect.stringMatching(new RegExp(`^${call}`))]);
  });

  test('back from the kernel the band says user mode, and the line is the branch', () => {
    const shown = view(arch, at(arch, branch));
    expect(text(shown.querySelector('.band strong'))).toBe('user mode');
    expect(shown.querySelector('.band')?.classList).not.toContain('kernel');
    expect(nowLines(shown)).toEqual([expect.stringMatching(new RegExp(`^${branch}`))]);
  });

  test('registers and flags are the architecture’s own; flags come with the error test, or large', () => {
    const flagsOf = (shown: HTMLElement): string[] => [...shown.querySelectorAll('.flags span')].map(text);
    const shown = view(arch, at(arch, branch));
    expect(registers(shown)).toContain(result);
    expect(flagsOf(shown)).toEqual(flags);
    const [first] = runs[arch].steps.filter(({ asm }) => asm?.text.startsWith('MOV'));
    const moved = at(arch, first?.asm?.text ?? '');
    expect(flagsOf(view(arch, moved))).toEqual([]);
    expect(flagsOf(view(arch, moved, { isLarge: true }))).toEqual(flags);
  });

  test.each([
    ['16', 16n, false],
    ['−1', -1n, true],
    ['−4094', -4094n, true],
    ['−4095', -4095n, arch === 'arm64'],
    ['−4096', -4096n, false],
  ])('the error test of %s', (_, value, isError) => {
    const { step, after } = at(arch, branch);
    const m0 = after.M.M0 as NonNullable<State['M']['M0']>;
    const regs = { ...m0.regs, [result]: `0x${BigInt.asUintN(64, value).toString(16)}` };
    const shown = view(arch, { step, after: { ...after, M: { ...after.M, M0: { ...m0, regs } } } });
    expect(text(shown.querySelector('.test strong'))).toBe(isError ? 'error' : 'success');
    expect(shown.querySelector('.test')?.classList.contains('bad')).toBe(isError);
    expect(text(shown.querySelector('.test'))).toContain(`${result} = ${value}`);
  });

  test('no error test is shown where none is carried out', () => {
    expect(view(arch, at(arch, call)).querySelector('.test')).toBeNull();
  });
});

test('a register that changed keeps its old value beside it, struck through', () => {
  const { step, after } = at('amd64', 'MOVQ trap+0(FP), AX');
  const shown = view('amd64', { after, step: { ...step, set: [['M.M0.regs.DI', '0x7', after.M.M0?.regs?.DI ?? '0x0']] } });
  const changed = [...shown.querySelectorAll('.side tr.changed')];
  expect(changed.map((row) => text(row.querySelector('th')))).toEqual(['DI']);
  expect(text(changed[0]?.querySelector('del') ?? null)).toMatch(/^0x7/);
});

test('before any assembly there is no listing, only what the view waits for', () => {
  const shown = view('amd64', { step: null, after: runs.amd64.first });
  expect(shown.querySelector('.listing')).toBeNull();
  expect(text(shown)).toContain('No thread has run assembly yet');
});

test('what is not assembly leaves the routine that ran last in sight, pale and without a current line', () => {
  const { after, step } = at('amd64', 'RET');
  const later = { ...step, asm: undefined } as unknown as Step;
  const shown = view('amd64', { step: later, after }, { lastRoutine: () => 'syscall.Syscall' });
  expect(shown.querySelector('.listing')?.classList).toContain('dim');
  expect(nowLines(shown)).toEqual([]);
});

test('the log of calls has them all, the latest marked', () => {
  const shown = view('amd64', { step: null, after: { ...at('amd64', 'JLS').after } });
  const lines = [...shown.querySelectorAll('.strace li')];
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.map((line) => line.classList.contains('last'))).toEqual(lines.map((_, i) => i === lines.length - 1));
});
