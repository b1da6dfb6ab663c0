/** The playground as a person uses it: faults at their lines, a run and its tables, the keys, and the error test. */
import { fireEvent, render, screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import { describe, expect, test, vi } from 'vitest';
import { bridge, playgroundView } from '../testdata/window-bridge';
import Editor from './Editor.svelte';
import NumberLine from './NumberLine.svelte';
import { eventually } from '../../src-main/app/testdata/eventually';

const Playground = await playgroundView();

/** The open playground, its own listing read. */
async function opened(): Promise<HTMLElement> {
  const { component, container } = render(Playground, { language: 'en' });
  component.toggle();
  await screen.findByTestId('argument-0');
  return container;
}

const editor = (): HTMLTextAreaElement => screen.getAllByTestId<HTMLTextAreaElement>('listing-text')[0] as HTMLTextAreaElement;
/** The line at which a mark of the editor stands, from 0: it lies 1.5 em below the one before. */
const indexOf = ({ style }: HTMLElement): number => Number(/calc\(([\d.]+)em\)/.exec(style.top)?.[1]) / 1.5;
const status = (): HTMLElement => screen.getByTestId('pg-status');
const at = (): number => Number(status().dataset.step);
const press = (key: string, options: KeyboardEventInit = {}): Promise<boolean> =>
  fireEvent.keyDown(screen.getByTestId('playground'), { key, ...options });

async function run(): Promise<void> {
  await fireEvent.click(screen.getByTestId('run'));
  await eventually(() => {
    expect(status().dataset.step).not.toBe('');
  });
}

/** Forward until an instruction has just been carried out. */
async function forwardTo(instruction: string): Promise<void> {
  for (let presses = 0; !status().textContent.includes(instruction); presses++) {
    if (presses > 60) throw new Error(`never came to ${instruction}: ${status().textContent}`);
    await fireEvent.click(screen.getByTestId('pg-forward'));
  }
}

describe('faults', () => {
  const BAD = 'TEXT ·f(SB),NOSPLIT,$0-0\n\tNOP\n\tMOVX\tAX, BX\n\tRET\n\tJMPP there\n';

  test('are listed with line and column, marked at their lines, and lead there', async () => {
    const container = await opened();
    await fireEvent.input(editor(), { target: { value: BAD } });
    const list = await screen.findByTestId('pg-faults');
    expect([...list.querySelectorAll('code')].map((each) => each.textContent)).toEqual(['3:2', '5:2']);
    expect([...container.querySelectorAll<HTMLElement>('i.fault')].map(indexOf)).toEqual([2, 4]);
    await fireEvent.click(list.querySelectorAll('button')[1] as HTMLElement);
    const area = editor();
    expect(area.value.slice(area.selectionStart, area.selectionEnd)).toBe('JMPP');
    expect(document.activeElement).toBe(area);
  });

  test('keep a run from beginning, and go when they are mended', async () => {
    await opened();
    await fireEvent.input(editor(), { target: { value: BAD } });
    await fireEvent.click(screen.getByTestId('run'));
    await screen.findByTestId('pg-faults');
    expect(status().dataset.step).toBe('');
    await fireEvent.input(editor(), { target: { value: 'TEXT ·f(SB),NOSPLIT,$0-0\n\tRET\n' } });
    await eventually(() => {
      expect(screen.queryByTestId('pg-faults')).toBeNull();
    });
  });
});

describe('a run', () => {
  test('shows tables only once there is one, and what an instruction changed in them', async () => {
    const container = await opened();
    expect(screen.queryByTestId('registers')).toBeNull();
    expect(screen.queryByTestId('number-line')).toBeNull();
    await run();
    await forwardTo('SYSRET');
    const changed = [...screen.getByTestId('registers').querySelectorAll('.registers .changed dt')].map((each) => each.textContent);
    expect(changed).toContain('AX');
    expect(changed).not.toContain('DI');
    expect(screen.getByTestId('strace').textContent).toMatch(/^read\(3, "hello, village\\n", 32\) = 15$/);
    expect(container.querySelector('.memory')?.textContent).toContain('hello, v');
  });

  test('stands in the kernel between SYSCALL and its return, and nowhere else', async () => {
    await opened();
    await run();
    expect(status().classList).not.toContain('inside');
    await forwardTo('SYSCALL');
    expect(status().classList).toContain('inside');
    expect(status().textContent).toContain('kernel');
    await forwardTo('SYSRET');
    expect(status().classList).not.toContain('inside');
  });

  test('marks the line that was carried out and the one that is next', async () => {
    const container = await opened();
    await run();
    await forwardTo('MOVQ a1+8(FP), DI');
    const lines = editor().value.split('\n');
    const lineOf = (mark: string): string => {
      const found = container.querySelector<HTMLElement>(`.hold:not([hidden]) ${mark}`);
      return found ? (lines[indexOf(found)] ?? '') : '';
    };
    expect(lineOf('i.done')).toMatch(/MOVQ\s+a1\+8\(FP\), DI/);
    expect(lineOf('i.next')).toMatch(/MOVQ\s+a2\+16\(FP\), SI/);
  });

  test('goes by keys: one on, one back, to its end and to its beginning', async () => {
    await opened();
    await run();
    const first = at();
    expect(screen.getByTestId<HTMLButtonElement>('pg-back').disabled).toBe(true);
    await press('ArrowRight');
    await eventually(() => {
      expect(at()).toBeGreaterThan(first);
    });
    const second = at();
    await press('End');
    await eventually(() => {
      expect(screen.getByTestId<HTMLButtonElement>('pg-forward').disabled).toBe(true);
    });
    expect(screen.getByTestId('pg-end').textContent).not.toBe('');
    await press('Home');
    await eventually(() => {
      expect(at()).toBe(first);
    });
    expect(screen.queryByTestId('pg-end')).toBeNull();
    await press('ArrowRight', { altKey: true });
    await eventually(() => {
      expect(at()).toBe(second);
    });
    await press('ArrowLeft');
    await eventually(() => {
      expect(at()).toBe(first);
    });
  });

  test('arrows pressed in the text move the caret only', async () => {
    await opened();
    await run();
    const n = at();
    expect(await fireEvent.keyDown(editor(), { key: 'ArrowRight' })).toBe(true);
    await tick();
    expect(at()).toBe(n);
  });

  test('is one of something else when the listing or an argument has changed', async () => {
    const container = await opened();
    await run();
    expect(container.querySelector('.right.stale')).toBeNull();
    await fireEvent.input(screen.getByTestId('argument-2'), { target: { value: '16' } });
    expect(container.querySelector('.right.stale')).not.toBeNull();
    await fireEvent.input(screen.getByTestId('argument-2'), { target: { value: '32' } });
    expect(container.querySelector('.right.stale')).toBeNull();
  });

  test('does not begin with an argument that cannot be read', async () => {
    await opened();
    const play = vi.spyOn(bridge, 'playListing');
    await fireEvent.input(screen.getByTestId('argument-0'), { target: { value: 'O_NOSUCH' } });
    expect(screen.getByTestId('argument-0').getAttribute('aria-invalid')).toBe('true');
    await fireEvent.click(screen.getByTestId('run'));
    expect((await screen.findByTestId('pg-message')).classList).toContain('bad');
    expect(play).not.toHaveBeenCalled();
    play.mockRestore();
  });

  test.each([
    ['-4095', 'success', 'error'],
    ['-4094', 'error', 'error'],
    ['-4096', 'success', 'success'],
    ['EBADF', 'error', 'error'],
    ['0', 'success', 'success'],
  ])('whose kernel answers %s is a %s on amd64 and a %s on arm64', async (answer, amd64, arm64) => {
    await opened();
    await fireEvent.input(screen.getByTestId('returns'), { target: { value: answer } });
    await run();
    await forwardTo('SYSRET');
    expect([screen.getByTestId('verdict-amd64').textContent, screen.getByTestId('verdict-arm64').textContent]).toEqual([
      expect.stringMatching(new RegExp(`→ ${amd64}$`)),
      expect.stringMatching(new RegExp(`→ ${arm64}$`)),
    ]);
  });
});

describe('the number line', () => {
  const ERRNOS = [{ number: 9, name: 'EBADF', message: 'Bad file descriptor' }];
  const line = (value: bigint, arch: 'amd64' | 'arm64' = 'amd64'): HTMLElement =>
    render(NumberLine, { bits: BigInt.asUintN(64, value), arch, language: 'en', errnos: ERRNOS }).container;

  test.each([
    [-4096n, '−4096', 'ok', 'ok'],
    [-4095n, '−4095', 'ok', 'error'],
    [-4094n, '−4094', 'error', 'error'],
    [-1n, '−133 … −1', 'error', 'error'],
    [0n, '0 … 2⁶³−1', 'ok', 'ok'],
  ] as const)('%i lies on the piece %s: %s on amd64, %s on arm64', (value, piece, amd64, arm64) => {
    const shown = line(value);
    // One on each of the two lines.
    const here = [...shown.querySelectorAll('.piece.now')].map((each) => each.textContent);
    expect(here).toHaveLength(2);
    expect(here).toContain(piece);
    const verdictOf = (arch: string): string[] =>
      ['ok', 'error'].filter((each) => shown.querySelector(`[data-testid="verdict-${arch}"]`)?.classList.contains(each));
    expect([verdictOf('amd64'), verdictOf('arm64')]).toEqual([[amd64], [arm64]]);
  });

  test('only the piece −4095 is split between the architectures', () => {
    const split = [...line(0n).querySelectorAll('.piece.split')].map((each) => each.textContent);
    expect(split).toEqual(['0x…f001', '−4095']);
  });

  test('names the error, says when there is none of that number, and is silent about other results', () => {
    expect(line(-9n).querySelector('.errno')?.textContent).toBe('EBADF: Bad file descriptor');
    expect(line(-4095n).querySelector('.errno')?.textContent).toBe('no such errno');
    expect(line(-4096n).querySelector('.errno')).toBeNull();
    expect(line(9n).querySelector('.errno')).toBeNull();
  });

  test('says the result in the register of the architecture that is chosen', () => {
    expect(line(-1n).querySelector('.value')?.textContent).toBe('AX = 0xffffffffffffffff = −1');
    const arm64 = line(16n, 'arm64');
    expect(arm64.querySelector('.value')?.textContent).toBe('R0 = 0x10 = 16');
    expect(arm64.querySelector('.verdict.here')?.textContent).toMatch(/^arm64/);
  });
});

describe('the editor', () => {
  test('has a number for each line, a mark for each faulty line once, and none for line 0', () => {
    const fault = (
      line: number,
      column: number,
    ): { file: string; line: number; column: number; message: { zh: string; en: string }; suggestion: null } => ({
      file: '',
      line,
      column,
      message: { zh: '', en: '' },
      suggestion: null,
    });
    const { container } = render(Editor, {
      text: 'a\nb\nc\n',
      label: 'listing',
      faults: [fault(2, 1), fault(2, 5), fault(3, 1)],
      done: 0,
      next: 0,
      oninput: () => undefined,
      online: () => undefined,
    });
    expect(container.querySelector('pre')?.textContent).toBe('1\n2\n3\n4');
    expect([...container.querySelectorAll<HTMLElement>('i.fault')].map(indexOf)).toEqual([1, 2]);
    expect(container.querySelector('i.done, i.next')).toBeNull();
  });

  test('tells where the caret is, and puts it where a fault is', () => {
    const { component, container } = render(Editor, {
      text: 'one\n\ttwo three\nfour',
      label: 'listing',
      faults: [],
      done: 0,
      next: 0,
      oninput: () => undefined,
      online: () => undefined,
    });
    component.goTo(2, 6);
    const area = container.querySelector('textarea') as HTMLTextAreaElement;
    expect(area.value.slice(area.selectionStart, area.selectionEnd)).toBe('three');
    expect(component.caretLine()).toBe(2);
    component.goTo(1, 1);
    expect([area.selectionStart, component.caretLine()]).toEqual([0, 1]);
  });
});

describe('a lesson’s task', () => {
  test('lies on the table filled in, with what is to be done; a run gives its results', async () => {
    const found: unknown[] = [];
    const { component } = render(Playground, {
      language: 'en',
      onran: (result) => {
        found.push(result);
        return result.err === 9n;
      },
    });
    await component.openTask({
      kind: 'playground',
      arch: 'arm64',
      task: { zh: '让它失败', en: 'Make it fail' },
      call: 'read',
      listing: null,
      entry: null,
      args: [9, { buf: 16 }, 16],
      expect: { r1: '-1', r2: '0', err: '9' },
    });
    expect(screen.getByTestId('pg-message').textContent).toBe('Make it fail');
    expect([0, 1, 2].map((i) => screen.getByTestId<HTMLInputElement>(`argument-${i}`).value)).toEqual(['9', 'buf:16', '16']);
    expect(screen.getByTestId<HTMLSelectElement>('call').value).toBe('read');
    expect(screen.getByTestId<HTMLSelectElement>('entry').value).toBe('syscall.Syscall');
    await run();
    await eventually(() => {
      expect(found).toEqual([{ arch: 'arm64', call: 'read', r1: 0xffff_ffff_ffff_ffffn, r2: 0n, err: 9n }]);
    });
    await tick();
    expect(screen.getByTestId('pg-message').textContent).toContain('Done');
  });
});
