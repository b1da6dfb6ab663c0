/** How often the playground reads a listing. */
import { expect, test, vi } from 'vitest';
import { ModelAssets, type Parse } from '../model/asm/assemble';
import { parseListing } from '../model/asm/parse-listing';
import { listingView } from './listing-view';
import { PlaygroundService } from './playground-table';

const text = (value: number): string => `TEXT ·f(SB),NOSPLIT,$0-8\n\tMOVQ $${value}, ret+0(FP)\n\tRET\n`;
const ask = (source: string): Parameters<PlaygroundService['playListing']>[0] => ({
  arch: 'amd64',
  source,
  entry: 'syscall.f',
  args: [],
  returns: null,
});

const counted = (): ReturnType<typeof vi.fn<Parse>> => vi.fn<Parse>((...of) => parseListing(...of));

test('checked, checked again and run, a text is read once', () => {
  const parse = counted();
  const service = new PlaygroundService(parse);
  for (let i = 0; i < 2; i++) expect(service.checkListing({ arch: 'amd64', source: text(1) }).ok).toBe(true);
  const runs = [service.playListing(ask(text(1))), service.playListing(ask(text(1)))];
  expect(parse).toHaveBeenCalledTimes(1);
  expect(runs[0]).toMatchObject({ ok: true, value: { end: { kind: 'return' } } });
  expect(runs[1]).toEqual(runs[0]);
});

test('faults are kept too', () => {
  const parse = counted();
  const service = new PlaygroundService(parse);
  expect(service.checkListing({ arch: 'amd64', source: 'MOVE' })).toEqual(service.checkListing({ arch: 'amd64', source: 'MOVE' }));
  expect(service.playListing(ask('MOVE')).ok).toBe(false);
  expect(parse).toHaveBeenCalledTimes(1);
});

test('another text or another architecture is another listing', () => {
  const parse = counted();
  const service = new PlaygroundService(parse);
  const source = 'TEXT ·f(SB),NOSPLIT,$0-0\n\tRET\n';
  service.checkListing({ arch: 'amd64', source });
  service.checkListing({ arch: 'arm64', source });
  service.checkListing({ arch: 'amd64', source: `${source}\n` });
  expect(parse).toHaveBeenCalledTimes(3);
});

test('only the texts used last are kept', () => {
  const parse = counted();
  const service = new PlaygroundService(parse);
  const check = (value: number): void => void service.checkListing({ arch: 'amd64', source: text(value) });
  for (const value of [0, 1, 2, 3, 0, 4]) check(value);
  expect(parse).toHaveBeenCalledTimes(5);
  check(0);
  expect(parse).toHaveBeenCalledTimes(5);
  check(1);
  expect(parse).toHaveBeenCalledTimes(6);
});

test("the product's own listings are read once for all runs and for the machine view", () => {
  const parse = counted();
  const assets = new ModelAssets({ 'amd64/a.s': text(1), 'arm64/b.s': 'TEXT ·f(SB),NOSPLIT,$0-0\n\tRET\n' }, parse);
  expect(assets.programFor('amd64')).toBe(assets.programFor('amd64'));
  expect(Object.keys(listingView(assets, 'amd64'))).toEqual(['syscall.f']);
  expect(parse).toHaveBeenCalledTimes(1);
});
