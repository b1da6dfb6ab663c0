import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { appOptions } from './command-line';

const NONE = {
  language: null,
  theme: null,
  lesson: null,
  exportTo: null,
  pictures: null,
  handout: null,
  steps: null,
  events: null,
  play: null,
  film: null,
  size: null,
};

test.each([
  [[], {}],
  [['.', '--disable-gpu', '--user-data-dir=/x'], {}],
  [['--lang', 'en'], { language: 'en' }],
  [['--lang=zh', '--theme=dark'], { language: 'zh', theme: 'dark' }],
  [['--theme', 'projector'], { theme: 'projector' }],
  [['--lang=fr', '--theme=blue', '--size=big'], {}],
  [['--lesson=hunting'], { lesson: 'hunting' }],
  [['--lesson=a=b'], { lesson: 'a=b' }],
  [['--export', 'out'], { exportTo: resolve('out'), pictures: {} }],
  [['--export=/a/b'], { exportTo: '/a/b', pictures: {} }],
  [['--size=1366x768'], { size: { widthPx: 1366, heightPx: 768 } }],
  [['--size=1366x76'], {}],
  [['--size=136600x768'], {}],
  [['--language=en'], {}],
  // Pictures are an export's.
  [['--scale=3', '--views=village', '--steps=1', '--handout'], {}],
  [['--export=/x', '--contact-sheet'], { exportTo: '/x', pictures: {}, handout: 'contact' }],
  // So are pages that play.
  [['--play', '--scorm', '--range=1-2'], {}],
  [
    ['--export=/x', '--play'],
    { exportTo: '/x', pictures: {}, play: { kinds: ['html'], views: ['village', 'runtime', 'machine'], range: null } },
  ],
  [
    ['--export=/x', '--play', '--scorm', '--range=3-7', '--views=machine,village,text'],
    {
      exportTo: '/x',
      pictures: { parts: ['village', 'machine', 'text'] },
      play: { kinds: ['html', 'scorm12', 'scorm2004'], views: ['village', 'machine'], range: { from: 3, to: 7 } },
    },
  ],
  [['--export=/x', '--handout'], { exportTo: '/x', pictures: {}, handout: 'lesson' }],
  [
    ['--export=/x', '--views=timeline,village,moon', '--scale=3', '--paper=a4', '--theme=print', '--format=svg', '--transparent'],
    {
      exportTo: '/x',
      pictures: { parts: ['village', 'timeline'], scale: 3, size: 'a4', theme: 'print', format: 'svg', isTransparent: true },
    },
  ],
  [['--export=/x', '--views=moon', '--scale=9', '--paper=a5', '--steps=one'], { exportTo: '/x', pictures: {} }],
  [
    ['--export=/x', '--film=gif', '--range=3-17', '--height=360', '--per-step=2', '--step-ms=400', '--views=village'],
    {
      exportTo: '/x',
      pictures: { parts: ['village'] },
      film: { settings: { format: 'gif', parts: ['village'], heightPx: 360, perStep: 2, stepMs: 400 }, range: { from: 3, to: 17 } },
    },
  ],
  [
    ['--export=/x', '--film=webm', '--height=361', '--range=3'],
    { exportTo: '/x', pictures: {}, film: { settings: { format: 'webm' }, range: null } },
  ],
  [['--export=/x', '--film=mp4'], { exportTo: '/x', pictures: {} }],
  [['--film=webm'], {}],
  [['--export=/x', '--events=syscall'], { exportTo: '/x', pictures: {}, events: 'syscall' }],
  [['--export=/x', '--events=moon'], { exportTo: '/x', pictures: {} }],
  [['--events=syscall'], {}],
  [['--export=/x', '--steps=7,2-4,3'], { exportTo: '/x', pictures: {}, steps: [2, 3, 4, 7] }],
])('%j', (args, options) => {
  expect(appOptions(args)).toEqual({ ...NONE, ...options });
});
