/** What the machine view decides: user or kernel, the line that is next, the error test and the flags. */
import { fireEvent, render } from '@testing-library/svelte';
import { tick } from 'svelte';
import { beforeAll, describe, expect, test } from 'vitest';
import { WORDS } from '../../assets/words/index';
import { listingView } from '../../src-main/app/listing-view';
import { applied, type Arch, ARCHS, type State, type Step } from '../../src-main/contract/index';
import { assets, golden, play, scenarioOf } from '../../src-main/model/testdata/run-scenario';
import { applyStep } from '../../src-main/model/trace/replay';
import { isInBareCall, isToldBefore, machineThread, stackOwner } from './machine-rows';
import MachineStrip from './MachineStrip.svelte';
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
const registers = (shown: HTMLElement): string[] => [...shown.querySelectorAll('.registers .reg dt')].map(text);

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

  test('registers and flags are the architecture’s own, each flag with its bit', () => {
    const shown = view(arch, at(arch, branch));
    expect(registers(shown)).toContain(result);
    const [first] = runs[arch].steps.filter(({ asm }) => asm?.text.startsWith('MOV'));
    for (const view_ of [shown, view(arch, at(arch, first?.asm?.text ?? ''))]) {
      const said = [...view_.querySelectorAll('.flags span')].map(text);
      expect(said.map((each) => each.slice(0, -1))).toEqual(flags);
      expect(said.every((each) => /[01]$/.test(each))).toBe(true);
    }
  });

  test('a flag that the step sets is marked', () => {
    const { step, after } = at(arch, branch);
    const m0 = after.M.M0 as NonNullable<State['M']['M0']>;
    const set: Step['set'] = [['M.M0.flags', [], [flags[1]]]];
    const shown = view(arch, { step: { ...step, set }, after: { ...after, M: { ...after.M, M0: { ...m0, flags: [flags[1]] } } } });
    expect([...shown.querySelectorAll('.flags .changed')].map(text)).toEqual([`${flags[1]}1`]);
    expect([...shown.querySelectorAll('.flags .on')].map(text)).toEqual([`${flags[1]}1`]);
  });

  test('the error test is written in the architecture’s own words', () => {
    const said = text(view(arch, at(arch, branch)).querySelector('.test'));
    expect(said).toContain(ARCHS[arch].errorTest.written);
    expect(said).toContain(arch === 'arm64' ? '−4095 … −1' : '−4094 … −1');
    if (arch === 'arm64') expect(said).not.toMatch(/\bAX\b/);
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
    expect(text(shown.querySelector('.test'))).toContain(`${result} = ${String(value).replace('-', '−')}`);
  });

  test('no error test is shown where none is carried out', () => {
    expect(view(arch, at(arch, call)).querySelector('.test')).toBeNull();
  });
});

test('a register that changed keeps its old value beside it, struck through', () => {
  const { step, after } = at('amd64', 'MOVQ trap+0(FP), AX');
  const shown = view('amd64', { after, step: { ...step, set: [['M.M0.regs.DI', '0x7', after.M.M0?.regs?.DI ?? '0x0']] } });
  const changed = [...shown.querySelectorAll('.side .reg.changed')];
  expect(changed.map((row) => text(row.querySelector('dt')))).toEqual(['DI']);
  expect(text(changed[0]?.querySelector('del') ?? null)).toMatch(/^0x7/);
});

test.each([
  ['0x1000', '= 4096', false],
  ['0x3039', '= 12345', true],
  ['0x80002', '= 524290', true],
  ['0xc000010760', '', false],
  ['0xffffffffffffff9c', '= -100', true],
])('a register with %s%s has a line of its own: %s', (value, decimal, isLong) => {
  const { step, after } = at('amd64', 'MOVQ trap+0(FP), AX');
  const m0 = after.M.M0 as NonNullable<State['M']['M0']>;
  const shown = view('amd64', { step, after: { ...after, M: { ...after.M, M0: { ...m0, regs: { ...m0.regs, SI: value } } } } });
  const row = [...shown.querySelectorAll('.side .reg')].find((each) => text(each.querySelector('dt')) === 'SI');
  expect(text(row?.querySelector('dd') ?? null)).toBe(`${value}${decimal}`);
  expect(row?.classList.contains('long')).toBe(isLong);
});

test('before any assembly there is no listing, only what the view waits for', () => {
  const shown = view('amd64', { step: null, after: runs.amd64.first });
  expect(shown.querySelector('.listing')).toBeNull();
  expect(text(shown)).toContain('No thread is running assembly now');
});

describe('the line in its place', () => {
  const stay = { nr: 202, name: 'futex', since: 0, until: null };
  const strip = async (
    next: number | 'none' | 'far',
    changes: Record<string, unknown> = {},
  ): Promise<{ shown: HTMLElement; went: number[] }> => {
    const went: number[] = [];
    const props = {
      stay: null,
      next: Promise.resolve(next),
      language: 'en' as const,
      isPicture: false,
      onjump: (n: number) => went.push(n),
      ...changes,
    };
    const shown = render(MachineStrip, props as never).container;
    await props.next;
    await tick();
    return { shown, went };
  };

  test('leads to the next instruction', async () => {
    const { shown, went } = await strip(38);
    expect(text(shown)).toContain('step 38');
    await fireEvent.click(shown.querySelector('button') as Element);
    expect(went).toEqual([38]);
  });

  test('has nothing to press on a picture, in a run without assembly, or where it is far away', async () => {
    for (const [next, changes] of [
      [38, { isPicture: true }],
      ['none', {}],
      ['far', {}],
    ] as const)
      expect((await strip(next, changes)).shown.querySelector('button')).toBeNull();
  });

  test('says what keeps the thread in the kernel', async () => {
    const told = async (isToldBefore: boolean): Promise<Element> =>
      (await strip('none', { stay, isToldBefore })).shown.querySelector('[title]') as Element;
    expect(text(await told(false))).toContain('futex (no. 202)');
    expect([await told(false), await told(true)].map((each) => each.getAttribute('title'))).toEqual([
      WORDS.en.machine.bare,
      WORDS.en.machine.bareTold,
    ]);
  });
});

describe('who is shown', () => {
  const { after, step } = at('amd64', 'SYSCALL');
  const m0 = after.M.M0 as NonNullable<State['M']['M0']>;
  const with0 = (changes: Partial<typeof m0>, others: State['M'] = {}): State => ({
    ...after,
    M: { ...after.M, ...others, M0: { ...m0, ...changes } },
  });

  test.each([
    [
      { ong0: false, curg: 'G1' },
      { stack: 'G1', waits: null },
    ],
    [
      { ong0: true, curg: 'G1' },
      { stack: 'g0', waits: 'G1' },
    ],
    [
      { ong0: true, curg: null },
      { stack: 'g0', waits: null },
    ],
  ] as const)('a thread with %j stands on the stack of %j', (row, owner) => {
    expect(stackOwner(with0(row), 'M0')).toEqual(owner);
    const band = text(view('amd64', { step, after: with0(row) }).querySelector('.band'));
    expect(band).toContain(owner.waits ? `M0 · g0 (curg ${owner.waits})` : `M0 · ${owner.stack}`);
  });

  test('a thread that takes another’s goroutine home is itself shown, though it has run no assembly yet', () => {
    const M2 = { ...m0, regs: null, kernel: null, curg: 'G1', ong0: false } as unknown as typeof m0;
    const state = with0({ curg: null, ong0: true, kernel: null, parked: true }, { M2 } as State['M']);
    const shown = view('amd64', { step: { ...step, m: 'M2', g: 'G1', asm: undefined } as unknown as Step, after: state });
    expect(text(shown.querySelector('.band'))).toContain('M2 · G1');
    expect(text(shown.querySelector('.band strong'))).toBe('user mode');
    expect(registers(shown)).toEqual([]);
    expect(text(shown)).toContain('no registers to show');
  });

  test('while sysmon is at a P, it is the thread that has left it for the kernel', () => {
    const M7 = { ...m0, oldp: 'P9' } as typeof m0;
    const state = with0({ oldp: 'P0' }, { M7 } as State['M']);
    const by = (p: string): Step => ({ ...step, m: 'M1', asm: undefined, set: [[`P.${p}.syscalltick`, 0, 1]] }) as unknown as Step;
    expect(machineThread(state, by('P9'))).toBe('M7');
    expect(machineThread(state, by('P0'))).toBe('M0');
  });
});

test('aside, it says where the thread stands, and leaves the rest to those who ask', () => {
  const shown = view('amd64', at('amd64', 'SYSCALL'), { isAside: true });
  expect(shown.querySelector('.side')).toBeNull();
  expect(nowLines(shown)).toHaveLength(1);
});

test('what the step does not touch is a button with its count, and opens', async () => {
  const { step, after } = at('amd64', 'MOVQ a1+8(FP), DI');
  const shown = view('amd64', { step, after });
  const titles = (): string[] => [...shown.querySelectorAll('h4')].map(text);
  const stack = [...shown.querySelectorAll('.folded button')].find((button) => text(button).startsWith('stack')) as Element;
  expect(titles()).toEqual([]);
  expect(stack.getAttribute('aria-expanded')).toBe('false');
  await fireEvent.click(stack);
  expect(titles()).toEqual([expect.stringMatching(/^stack/)]);
  const large = view('amd64', { step, after }, { isLarge: true });
  expect([...large.querySelectorAll('h4')].length).toBeGreaterThan(2);
  expect(large.querySelector('.folded')).toBeNull();
});

test('what is not assembly leaves the routine that ran last in sight, pale and without a current line', () => {
  const { after, step } = at('amd64', 'RET');
  const later = { ...step, asm: undefined } as unknown as Step;
  const shown = view('amd64', { step: later, after }, { lastRoutine: () => 'syscall.Syscall' });
  expect(shown.querySelector('.listing')?.classList).toContain('dim');
  expect(nowLines(shown)).toEqual([]);
  expect(text(shown.querySelector('.note'))).toContain('inside the routine');
});

test('who is inside a routine, in a function that it calls or on the way into it, is not said to have been there', () => {
  const { steps, first } = runs.amd64;
  const after = structuredClone(first);
  const told = new Map<string, string>();
  for (const step of steps) {
    applyStep(after, step);
    if (step.asm || step.m !== 'M0') continue;
    const note = text(view('amd64', { step, after }, { lastRoutine: () => 'syscall.Syscall' }).querySelector('.note'));
    told.set(`${step.fn}/${step.at}`, note.includes('inside the routine') ? 'inside' : note.includes('as it last was') ? 'last' : note);
  }
  expect(told.get('syscall.read/call')).toBe('inside');
  expect(told.get('reentersyscall/psyscall')).toBe('inside');
  expect([...told.values()]).toContain('last');
});

test('a thread without a listing only hides the one that was shown: back at it no line of it is made anew', async () => {
  const { after, step } = at('amd64', 'RET');
  const props = {
    after,
    step,
    language: 'en' as const,
    arch: 'amd64' as const,
    go: '1.14' as const,
    listings: listingView(assets, 'amd64'),
    focus: [],
    isLarge: false,
    lastRoutine: () => null as string | null,
  };
  const { container, rerender } = render(MachineView, props);
  const list = (): HTMLElement => container.querySelector('.listing ol') as HTMLElement;
  const lines = [...list().children];
  expect(lines.length).toBeGreaterThan(5);
  expect(list().hidden).toBe(false);
  // Nothing of its is asked for: it runs no assembly and has run none.
  const elsewhere = { ...step, asm: undefined } as unknown as Step;
  const bare = { ...after, G: Object.fromEntries(Object.entries(after.G).map(([id, g]) => [id, { ...g, frames: [] }])) } as State;
  await rerender({ ...props, after: bare, step: elsewhere });
  expect(list().hidden).toBe(true);
  expect(container.querySelector('.listing')?.classList).not.toContain('dim');
  expect(text(container.querySelector('.listing .note'))).not.toBe('');
  await rerender(props);
  expect(list().hidden).toBe(false);
  expect([...list().children]).toEqual(lines);
  expect(nowLines(container)).toEqual([expect.stringMatching(/^RET/)]);
});

test('of another thread than the one that takes the step it is said', () => {
  const { first, steps } = play(scenarioOf(golden('S2.scenario.yaml')));
  const after = applied(first);
  const step = steps.find((each) => {
    applyStep(after, each);
    return each.m === 'M1' && (after.M.M0?.kernel ?? null) !== null;
  });
  if (!step) throw new Error('sysmon never runs while M0 is in the kernel');
  expect(machineThread(after, step)).toBe('M0');
  const note = text(view('amd64', { step, after }).querySelector('.taker'));
  expect(note).toContain('M1');
  expect(view('amd64', at('amd64', 'SYSCALL')).querySelector('.taker')).toBeNull();
});

test('the log of calls has them all, the latest marked', () => {
  const shown = view('amd64', { step: null, after: { ...at('amd64', 'JLS').after } }, { isLarge: true });
  const lines = [...shown.querySelectorAll('.strace li')];
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.map((line) => line.classList.contains('last'))).toEqual(lines.map((_, i) => i === lines.length - 1));
});

describe('a call that the runtime makes for itself', () => {
  const { after, step } = at('amd64', 'SYSCALL');
  const m0 = after.M.M0 as NonNullable<State['M']['M0']>;
  const stay = { nr: 281, name: 'epoll_pwait', since: 20_000, until: 16_000_000 };
  const other = { ...step, m: 'M1', asm: undefined } as unknown as Step;

  test.each([
    ['in epoll_pwait, without a goroutine', { curg: null, ong0: true, kernel: stay }],
    ['asleep on its note', { curg: null, ong0: true, kernel: null, parked: true }],
  ])('%s: the thread stands in none of the listings, and its registers are old', (_, row) => {
    const state: State = { ...after, M: { ...after.M, M0: { ...m0, ...row } } };
    const shown = view('amd64', { step: { ...other, m: 'M0' }, after: state }, { lastRoutine: () => 'syscall.Syscall' });
    expect(text(shown.querySelector('.band strong'))).toBe('kernel mode');
    expect(shown.querySelectorAll('.listing .line')).toHaveLength(0);
    expect(text(shown.querySelector('.listing .note'))).toContain('a bare SYSCALL');
    expect(registers(shown)).toEqual([]);
  });

  test('under notetsleepg its SYSCALL is bare, but entersyscallblock has told the scheduler before', () => {
    const futex = { nr: 202, name: 'futex', since: 20_000, until: null };
    const G1 = { ...(after.G.G1 as NonNullable<State['G']['G1']>), status: '_Gsyscall', frames: [] } as State['G']['G1'];
    const state = { ...after, G: { ...after.G, G1 }, M: { ...after.M, M0: { ...m0, curg: 'G1', ong0: false, kernel: futex } } } as State;
    const shown = view('amd64', { step: { ...other, m: 'M0' }, after: state });
    expect(text(shown.querySelector('[data-testid="bare-call"]'))).toBe(WORDS.en.machine.bareTold);
    // Who stops the world holds the P and waits on a note without having told anybody.
    const running = { ...state, G: { ...state.G, G1: { ...G1, status: '_Grunning' } } } as State;
    expect(text(view('amd64', { step: { ...other, m: 'M0' }, after: running }).querySelector('[data-testid="bare-call"]'))).toBe(
      WORDS.en.machine.bare,
    );
  });

  test.each([
    ['S14', true],
    ['S2', false],
    ['S6', false],
  ])('in %s the P has been handed over wherever that is said to have been told', (name, isTold) => {
    const { first, steps } = play(scenarioOf(golden(`${name}.scenario.yaml`)));
    const state = applied(first);
    const found = new Set<string>();
    for (const step of steps) {
      applyStep(state, step);
      for (const [m, { p, kernel }] of Object.entries(state.M))
        if (isInBareCall(state, m as `M${number}`) && isToldBefore(state, m as `M${number}`))
          found.add(`${kernel?.name ?? ''} ${p ?? 'without a P'}`);
    }
    expect([...found]).toEqual(isTold ? ['futex without a P'] : []);
  });

  test('a goroutine’s read, meanwhile, stands at its SYSCALL', () => {
    const shown = view('amd64', { step: other, after });
    expect(nowLines(shown)).toEqual(['SYSCALL']);
    expect(shown.querySelector('[data-testid="bare-call"]')).toBeNull();
  });

  test('how long a call will take is not told: nobody in the program knows it', () => {
    for (const until of [16_000_000, null]) {
      const state: State = { ...after, M: { ...after.M, M0: { ...m0, kernel: { ...stay, until } } } };
      expect(text(view('amd64', { step, after: state }).querySelector('.band'))).toMatch(/epoll_pwait \(no\. 281\), since 20 µs$/);
    }
  });
});
