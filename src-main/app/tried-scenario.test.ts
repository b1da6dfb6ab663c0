/** A number is changed, and the same place of the new run is shown; the lesson itself is what it was. */
import { expect, test } from 'vitest';
import type { TryAsk } from '../contract/requests';
import { Player } from './player';

async function opened(lesson = 'hunting', tell: () => void = () => undefined): Promise<Player> {
  const player = new Player(tell);
  await player.handlers.begin({ lesson, place: null });
  return player;
}

async function asked(player: Player): Promise<Omit<TryAsk, 'n'>> {
  const text = await player.handlers.scenarioText(null);
  if (!text.ok) throw new Error(text.message.en);
  return { name: text.value.name, text: text.value.text, changes: [], listings: null };
}

const EIGHT = [{ path: 'runtime.gomaxprocs', value: '8' }];

test('with eight houses the run is another, at the same place, and its text says so', async () => {
  const player = await opened();
  const ask = await asked(player);
  const before = await player.handlers.readSteps({ from: 1, to: 20_000 });
  if (!before.ok) throw new Error('no steps');
  const n = before.value.t.length - 40;
  const tried = await player.handlers.tryScenario({ ...ask, changes: EIGHT, n });
  if (!tried.ok) throw new Error(tried.message.en);
  const { opened: lesson, run, text, knobs, place } = tried.value;
  expect(lesson).toMatchObject({ lesson: { id: '', steps: [] }, runs: [{ scenario: { runtime: { gomaxprocs: 8 } } }] });
  expect(Object.keys(run.first.P)).toHaveLength(8);
  expect(text).toBe(ask.text.replace('gomaxprocs: 1', 'gomaxprocs: 8'));
  expect(knobs.find(({ name }) => name === 'gomaxprocs')?.value).toBe('8');
  expect(place.kept).not.toBe('gone');
  expect(place.n).toBeGreaterThan(0);
  // The same values again: the very same run and place.
  const again = await player.handlers.tryScenario({ ...ask, changes: EIGHT, n: place.n });
  expect(again).toMatchObject({ ok: true, value: { place: { n: place.n, kept: 'row' }, run: { stepCount: run.stepCount } } });
});

test('listings that the window has are not sent again, others are; the steps of a short run come along, a long run’s are asked for', async () => {
  const player = await opened();
  const ask = await asked(player);
  const tried = async (change: Partial<TryAsk>) => {
    const reply = await player.handlers.tryScenario({ ...ask, n: 0, ...change });
    if (!reply.ok) throw new Error(reply.message.en);
    return reply.value;
  };
  const amd64 = await tried({});
  expect(Object.keys(amd64.run.listings ?? {}).length).toBeGreaterThan(3);
  expect((await tried({ listings: '1.14 amd64' })).run.listings).toBeNull();
  const arm64 = await tried({ listings: '1.14 amd64', changes: [{ path: 'runtime.arch', value: 'arm64' }] });
  expect(arm64.run.listings).not.toEqual(amd64.run.listings);
  expect((await tried({ listings: '1.14 arm64' })).run.listings).toEqual(amd64.run.listings);
  const read = await player.handlers.readSteps({ from: 1, to: 20_000 });
  expect(read.ok && read.value).toEqual((await tried({})).steps);
  const long = ask.text.replace('  main:\n', '  main:\n    - repeat: { times: 4000, do: [gosched] }\n');
  expect((await tried({ text: long })).steps).toBeNull();
});

test('the lesson is untouched by it', async () => {
  const player = await opened();
  const ask = await asked(player);
  await player.handlers.tryScenario({ ...ask, changes: EIGHT, n: 0 });
  await player.handlers.openLesson({ id: 'hunting', run: null });
  expect(await asked(player)).toEqual(ask);
});

test('a text with faults is refused with their places, and what is open stays', async () => {
  const player = await opened();
  const ask = await asked(player);
  const tried = await player.handlers.tryScenario({ ...ask, text: ask.text.replace('go: worker', 'go: nobody'), n: 3 });
  expect(tried).toMatchObject({ ok: false, faults: [{ file: ask.name, line: expect.any(Number) as number }] });
  expect(await asked(player)).toEqual(ask);
});

test('what is typed on is tried: an older trial is given up', async () => {
  let isUnderWay = (): void => undefined;
  const player = await opened('hunting', () => {
    isUnderWay();
  });
  const ask = await asked(player);
  const long = ask.text.replace('  main:\n', '  main:\n    - repeat: { times: 100000, do: [gosched] }\n');
  const underWay = new Promise<void>((resolve) => (isUnderWay = resolve));
  const first = player.handlers.tryScenario({ ...ask, text: long, n: 0 });
  await underWay;
  await player.handlers.cancel(null);
  const second = await player.handlers.tryScenario({ ...ask, changes: EIGHT, n: 0 });
  expect([(await first).ok, second.ok]).toEqual([false, true]);
});

test('a run beside the changed one: the first difference is found, and equal runs have none', async () => {
  const player = await opened();
  const ask = await asked(player);
  const same = await player.handlers.compareRuns(ask);
  expect(same).toMatchObject({ ok: true, value: { difference: null } });
  await player.handlers.tryScenario({ ...ask, changes: EIGHT, n: 0 });
  const compared = await player.handlers.compareRuns({ name: ask.name, text: ask.text });
  if (!compared.ok) throw new Error(compared.message.en);
  const { original, changed, difference, pairs } = compared.value;
  expect([Object.keys(original.first.P).length, Object.keys(changed.first.P).length]).toEqual([1, 8]);
  expect([original.steps.t.length, changed.steps.t.length]).toEqual([original.stepCount, changed.stepCount]);
  expect(difference?.kind).toBe('row');
  expect([pairs[1], pairs.length]).toEqual([1, original.stepCount + 1]);
  // What is open is the changed one still.
  expect(await asked(player)).toMatchObject({
    text: changed.scenario.runtime.gomaxprocs === 8 ? expect.stringContaining('gomaxprocs: 8') : '',
  });
});

test('runs that are too long are not laid beside each other', async () => {
  const player = await opened();
  const ask = await asked(player);
  const long = ask.text.replace('  main:\n', '  main:\n    - repeat: { times: 10000, do: [gosched] }\n');
  expect(await player.handlers.compareRuns({ ...ask, text: long })).toMatchObject({
    ok: false,
    message: { en: expect.stringContaining('20000') },
  });
});
