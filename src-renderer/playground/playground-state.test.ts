import { beforeEach, expect, test, vi } from 'vitest';
import type { Bridge, PlaygroundRoutine, PlaygroundTable } from '../../src-main/contract/index';
import { playListing, readRoutines } from '../../src-main/model/run/playground';

const bridge = vi.hoisted(() => ({}) as Bridge);
vi.mock('../bridge', () => ({ bridge }));
const { PlaygroundState } = await import('./playground.svelte');

const routine = (name: string): string => `TEXT ·${name}(SB),NOSPLIT,$0-0\n\tRET\n`;
const table: PlaygroundTable = {
  listings: { amd64: routine('first'), arm64: routine('first') },
  runtimeListing: '',
  calls: [],
  errnos: [],
  draft: null,
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

test('a file’s name is shorter than the longest symbol', async () => {
  const state = new PlaygroundState();
  await state.open('en');
  state.texts.amd64 = routine('x'.repeat(3_000));
  await state.check();
  await state.save();
  expect(bridge.saveListing).toHaveBeenCalledWith(expect.objectContaining({ suggestedName: `${'x'.repeat(100)}_amd64.s` }));
});
