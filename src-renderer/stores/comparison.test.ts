/** Two runs on one clock, over the product's own player. */
import { afterAll, expect, test, vi } from 'vitest';
import { Player } from '../../src-main/app/player';
import type { Bridge, Compared, KnobChange } from '../../src-main/contract/index';

vi.hoisted(() => {
  globalThis.matchMedia = ((query: string) => ({ matches: query.includes('reduced-motion') })) as unknown as typeof matchMedia;
});
vi.mock('../bridge', () => ({ bridge: {} as Bridge }));
// Test files share their modules, and stores that another one has loaded hold its bridge.
vi.resetModules();
afterAll(() => {
  vi.resetModules();
});
const { Comparison, SIDES } = await import('./comparison.svelte');

async function compared(...changes: KnobChange[]): Promise<Compared> {
  const { handlers } = new Player(() => undefined);
  await handlers.begin({ lesson: 'hunting', place: { lesson: 'hunting', run: 'elsewhere', n: 0 } });
  const text = await handlers.scenarioText(null);
  if (!text.ok) throw new Error(text.message.en);
  await handlers.tryScenario({ ...text.value, changes, n: 0, listings: null });
  const found = await handlers.compareRuns({ name: 'a', text: text.value.text });
  if (!found.ok) throw new Error(found.message.en);
  return found.value;
}

async function opened(...changes: KnobChange[]): Promise<InstanceType<typeof Comparison>> {
  const comparison = new Comparison(await compared(...changes), (error) => {
    throw error;
  });
  await comparison.open();
  return comparison;
}

const at = (comparison: InstanceType<typeof Comparison>): number[] => SIDES.map((side) => comparison[side].playback.n);
const times = (comparison: InstanceType<typeof Comparison>): number[] => SIDES.map((side) => comparison[side].playback.nowNs);

test('opens where the two first differ; equal runs have no difference and go together', async () => {
  const same = await opened();
  expect([same.difference, at(same)]).toEqual([null, [0, 0]]);
  for (let i = 0; i < 5; i++) await same.step(1);
  const [one, other] = at(same);
  expect([one === other, (one ?? 0) >= 5]).toEqual([true, true]);
  await same.align('doing');
  await same.go('changed', 30);
  expect([at(same), same.isThere]).toEqual([[30, 30], true]);

  const without = await opened({ path: 'runtime.sysmon', value: 'false' });
  expect(at(without)).toEqual([without.difference?.one?.n, without.difference?.other?.n]);
  // What either does there is an event of that step's thread, with its people in its state.
  for (const side of SIDES) {
    const { event, state } = without.does?.[side] ?? {};
    expect(event?.m).toBe(without[side].playback.step?.m);
    expect(event?.first).toBeLessThanOrEqual(at(without)[SIDES.indexOf(side)] ?? 0);
    expect(Object.keys(state?.M ?? {})).toContain(event?.m);
  }
  expect(same.does).toBeNull();
});

test('by the clock both stand at one time, step by step, back and forth; at the end both are over', async () => {
  const comparison = await opened({ path: 'runtime.sysmon', value: 'false' });
  await comparison.goToPlace(0);
  const way: string[] = [at(comparison).join()];
  for (let i = 0; i < 25; i++) {
    await comparison.step(1);
    const [one = 0, other = 0] = times(comparison);
    const now = Math.max(one, other);
    // Neither has a step left that has been by now.
    for (const side of SIDES) {
      const { line, playback } = comparison[side];
      expect((line?.times[playback.n + 1] ?? Infinity) >= now).toBe(true);
    }
    way.push(at(comparison).join());
  }
  for (let i = 24; i >= 0; i--) {
    await comparison.step(-1);
    expect(at(comparison).join()).toBe(way[i]);
  }
  await comparison.goToPlace(comparison.clock?.length ?? 0);
  expect(at(comparison)).toEqual([comparison.original.run.stepCount, comparison.changed.run.stepCount]);
});

test('by its doing a step that the other run does not have leaves that at the one before, and says so', async () => {
  const comparison = await opened({ path: 'runtime.sysmon', value: 'false' });
  await comparison.align('doing');
  const difference = comparison.difference?.one?.n ?? 0;
  await comparison.go('original', difference - 1);
  expect([at(comparison), comparison.isThere]).toEqual([[difference - 1, difference - 1], true]);
  let lost = 0;
  for (let n = difference; n <= comparison.original.run.stepCount && lost === 0; n++) {
    await comparison.go('original', n);
    if (!comparison.isThere) lost = n;
  }
  expect(lost).toBeGreaterThan(0);
});

test('lanes lie on the clock that both share', async () => {
  const comparison = await opened({ path: 'runtime.gomaxprocs', value: '3' });
  const { clock } = comparison;
  if (!clock) throw new Error('no clock');
  const lanes = await comparison.changed.lanes('P', clock);
  expect(lanes.map(({ lane }) => lane.id)).toEqual(['P0', 'P1', 'P2']);
  const ends = lanes.flatMap(({ lane }) => [...lane.to]);
  expect(Math.max(...ends)).toBeLessThanOrEqual(clock.length + 1e-6);
  expect(Math.max(...ends)).toBeGreaterThan(0);
});
