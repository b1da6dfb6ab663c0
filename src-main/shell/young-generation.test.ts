import type { App } from 'electron';
import { expect, test } from 'vitest';
import { enlargeYoungGeneration } from './young-generation';

test.each([
  ['', '--min-semi-space-size=32 --max-semi-space-size=64'],
  ['--min-semi-space-size=1', '--min-semi-space-size=32 --max-semi-space-size=64 --min-semi-space-size=1'],
])('what V8 is told beside %j, whose last word counts', (given, told) => {
  const appended: string[][] = [];
  const commandLine = { getSwitchValue: () => given, appendSwitch: (...each: string[]) => void appended.push(each) };
  enlargeYoungGeneration({ commandLine } as unknown as Pick<App, 'commandLine'>);
  expect(appended).toEqual([['js-flags', told]]);
});
