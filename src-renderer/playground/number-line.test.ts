import { expect, test } from 'vitest';
import { placeOn, SIGNED, startOf, UNSIGNED, verdict } from './number-line';

test.each([
  [-4096n, 'ok', 'ok'],
  [-4095n, 'ok', 'error'],
  [-4094n, 'error', 'error'],
  [-1n, 'error', 'error'],
  [0n, 'ok', 'ok'],
  [-(1n << 63n), 'ok', 'ok'],
] as const)('%i is %s on amd64 and %s on arm64', (value, amd64, arm64) => {
  expect([verdict('amd64', value), verdict('arm64', value)]).toEqual([amd64, arm64]);
});

test.each([
  [
    'unsigned',
    UNSIGNED,
    [0n, 1n, 500n, (1n << 63n) - 1n, 1n << 63n, -5000n, -4097n, -4096n, -4095n, -4094n, -4093n, -134n, -133n, -9n, -1n],
  ],
  ['signed', SIGNED, [-(1n << 63n), -5000n, -4097n, -4096n, -4095n, -4094n, -4000n, -133n, -1n, 0n, 7n, 1n << 40n, (1n << 63n) - 1n]],
] as const)('on the %s line larger numbers lie further right', (_, line, values) => {
  const places = values.map((value) => placeOn(line, BigInt.asUintN(64, value)));
  expect([...places].sort((a, b) => a - b)).toEqual(places);
  expect(new Set(places).size).toBe(places.length);
});

test('the limit stands between −4096 and −4095 on both lines', () => {
  for (const line of [UNSIGNED, SIGNED]) {
    expect(startOf(line, 'm4095')).toBeGreaterThan(placeOn(line, BigInt.asUintN(64, -4096n)));
    expect(startOf(line, 'm4095')).toBeLessThan(placeOn(line, BigInt.asUintN(64, -4095n)));
  }
});
