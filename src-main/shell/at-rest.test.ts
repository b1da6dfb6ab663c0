import type { App } from 'electron';
import { expect, test } from 'vitest';
import { letRest } from './at-rest';

const OURS =
  'EnableConfigurableThreadCachePurgeInterval:ThreadCacheMinPurgeInterval/60s/ThreadCacheMaxPurgeInterval/60s/ThreadCacheDefaultPurgeInterval/60s';

test.each([
  ['', OURS],
  ['Other,More:a/1', `Other,More:a/1,${OURS}`],
])('what Chromium is told beside %j', (given, told) => {
  const appended: string[][] = [];
  const commandLine = { getSwitchValue: () => given, appendSwitch: (...each: string[]) => void appended.push(each) };
  letRest({ commandLine } as unknown as Pick<App, 'commandLine'>);
  expect(appended).toEqual([['enable-features', told]]);
});
