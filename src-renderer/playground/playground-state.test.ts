import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Bridge, PlaygroundRoutine, PlaygroundTable } from '../../src-main/contract/index';
import { playListing, readRoutines } from '../../src-main/model/run/playground';

const bridge = vi.hoisted(() => ({}) as Bridge);
vi.mock('../bridge', () => ({ bridge }));
// Test files share their modules, and stores that another one has loaded hold its bridge.
vi.resetModules();
afterAll(() => {
  vi.resetModules();
});
const { PlaygroundState } = await import('./playground.svelte');

const routine = (name: string): string => `TEXT ·${name}(SB),NOSPLIT,$0-0\n\tRET\n`;
const table: PlaygroundTable = {
  listings: { amd64: routine('first'), arm64: routine('first') },
  runtimeListings: { amd64: '', arm64: '' },
  calls: [],
  errnos: [],
  constants: { amd64: {}, arm64: {} },
  draft: null,
  damaged: null,
};
const done = <T>(value: T): Promise<{ ok: true; value: T }> => Promise.resolve({ ok: true, value });

function routinesOf(source: string): PlaygroundRoutine[] {
  const read = readRoutines('amd64', source);
  return read.ok ? read.value : [];
}

beforeEach(() => {
  Object.assign(bridge, {
    openPlayground: () => done(table),
    keepDraft: vi.fn(() => done(null)),
    saveListing: vi.fn(({ suggestedName }: { suggestedName: string }) => done(suggestedName)),
    checkListing: ({ source }: { source: string }) => done(routinesOf(source)),
    playListing: vi.fn((ask: Parameters<typeof playListing>[0]) => Promise.resolve(playListing(ask))),
  });
});

test('what is typed while a run is being prepared is what runs', async () => {
  const state = new PlaygroundState();
  await state.open('en');
  const running = state.run();
  state.texts.amd64 = routine('second');
  await state.check();
  await running;
  expect(bridge.playListing).toHaveBeenCalledTimes(1);
  expect(bridge.playListing).toHaveBeenCalledWith(expect.objectContaining({ entry: 'syscall.second' }));
  expect(state.shown?.routines.map(({ symbol }) => symbol)).toEqual(['syscall.second']);
});

test('a draft that was damaged is told when the table is laid', async () => {
  const damaged = { zh: '坏了', en: 'broken' };
  Object.assign(bridge, { openPlayground: () => done({ ...table, damaged }) });
  const state = new PlaygroundState();
  await state.open('en');
  expect(state.message).toEqual({ kind: 'bad', text: damaged });
});

test('a file’s name is shorter than the longest symbol', async () => {
  const state = new PlaygroundState();
  await state.open('en');
  state.texts.amd64 = routine('x'.repeat(3_000));
  await state.check();
  await state.save();
  expect(bridge.saveListing).toHaveBeenCalledWith(expect.objectContaining({ suggestedName: `${'x'.repeat(100)}_amd64.s` }));
});

describe('a call’s example', () => {
  const call = (name: string, example: string[]): PlaygroundTable['calls'][number] => ({
    name,
    nr: { amd64: 0, arm64: 0 },
    args: example.map((_, i) => ({ name: `a${i}`, type: 'int' })),
    via: 'Syscall',
    half: '//sys',
    isModelled: true,
    example,
  });
  const routine = 'TEXT ·Syscall(SB),NOSPLIT,$0-64\n\tMOVQ\ttrap+0(FP), AX\n\tMOVQ\ta1+8(FP), DI\n\tRET\n';

  beforeEach(() => {
    const calls = [call('read', ['3', 'buf:32', '32']), call('close', ['7'])];
    const listings = { amd64: routine, arm64: routine };
    Object.assign(bridge, { openPlayground: () => done({ ...table, listings, calls }) });
  });

  test('is in the fields when the playground opens', async () => {
    const state = new PlaygroundState();
    await state.open('en');
    expect(state.args).toEqual(['3', 'buf:32', '32']);
  });

  test('comes with the call, and with the way back to a routine that makes one', async () => {
    const state = new PlaygroundState();
    await state.open('en');
    state.chooseCall('close');
    expect(state.args).toEqual(['7']);
    state.setArgument(0, '9');
    state.chooseCall('close');
    expect(state.args).toEqual(['7']);
  });
});

test('what is typed without a pause is kept meanwhile, and the last of it after the last key', async () => {
  const state = new PlaygroundState();
  await state.open('en');
  vi.useFakeTimers();
  try {
    const kept = (): string | null | undefined => vi.mocked(bridge.keepDraft).mock.lastCall?.[0].texts.amd64;
    for (let i = 0; i < 20; i++) {
      state.texts.amd64 = `${routine('second')}// ${i}\n`;
      state.edited();
      vi.advanceTimersByTime(100);
    }
    expect(kept()).toMatch(/\/\/ \d+\n$/);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(kept()).toMatch(/\/\/ 19\n$/);
  } finally {
    vi.useRealTimers();
  }
});
