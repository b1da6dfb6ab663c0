import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { appOptions } from './command-line';

const NONE = { language: null, theme: null, lesson: null, exportTo: null, size: null };

test.each([
  [[], {}],
  [['.', '--disable-gpu', '--user-data-dir=/x'], {}],
  [['--lang', 'en'], { language: 'en' }],
  [['--lang=zh', '--theme=dark'], { language: 'zh', theme: 'dark' }],
  [['--lang=fr', '--theme=blue', '--size=big'], {}],
  [['--lesson=hunting'], { lesson: 'hunting' }],
  [['--lesson=a=b'], { lesson: 'a=b' }],
  [['--export', 'out'], { exportTo: resolve('out') }],
  [['--export=/a/b'], { exportTo: '/a/b' }],
  [['--size=1366x768'], { size: { widthPx: 1366, heightPx: 768 } }],
  [['--size=1366x76'], {}],
  [['--size=136600x768'], {}],
  [['--language=en'], {}],
])('%j', (args, options) => {
  expect(appOptions(args)).toEqual({ ...NONE, ...options });
});
