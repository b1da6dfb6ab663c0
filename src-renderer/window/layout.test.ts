import { expect, test } from 'vitest';
import { frameFor } from '../scene/scene-layout';
import { hasMenu, hasTabs, heightClassOf, leastVillagePx, shownTab, TABS, tabOf, villageShare, timelineTop } from './layout';

test.each([
  // A notebook at 100, 125, 150 and 200 percent.
  [1366, 768, 1, false],
  [1093, 614, 1.25, false],
  [911, 512, 1.5, true],
  [683, 384, 2, true],
  // The same sizes by the system's own scaling.
  [911, 512, 1, true],
  [683, 384, 1, true],
  [640, 360, 1, true],
  [899, 800, 1, true],
  [1366, 539, 1, true],
  [1024, 768, 1, false],
  [3840, 2160, 1, false],
  // A large screen has room; whoever zooms in wants one thing large all the same. Chromium's 150 percent are 1.4999….
  [1280, 720, 1.5, true],
  [2560, 1440, 1.4996, true],
  [2743, 1543, 1.4, false],
])('%i × %i at zoom %f has tabs: %s', (widthPx, heightPx, zoom, expected) => {
  expect(hasTabs({ widthPx, heightPx, zoom })).toBe(expected);
});

test('wherever there are panes, the names of a village beside the lesson have 12 px', () => {
  for (let widthPx = 640; widthPx < 4_000; widthPx += 37)
    for (let heightPx = 360; heightPx < 2_200; heightPx += 41) {
      if (hasTabs({ widthPx, heightPx, zoom: 1 })) continue;
      const village = { widthPx: widthPx - Math.max(300, widthPx / 4), heightPx: leastVillagePx(13) };
      const unitPx = Math.min(village.widthPx / frameFor(village.widthPx, village.heightPx).width, village.heightPx / 350);
      expect(15 * unitPx, `${widthPx} × ${heightPx}`).toBeGreaterThanOrEqual(11.9);
    }
});

test('the splitter stops where names have their least size, which grows with the type around them', () => {
  expect(leastVillagePx(13)).toBe(280);
  expect(leastVillagePx(33)).toBe(693);
  expect(villageShare(10, 560, 13)).toBe(50);
  expect(villageShare(60, 560, 13)).toBe(60);
  expect(villageShare(99, 560, 13)).toBe(75);
  // Not measured yet.
  expect(villageShare(53, 0, 13)).toBe(53);
});

test('the toolbar has a menu where its buttons would need a second row', () => {
  expect(hasMenu({ widthPx: 1366, heightPx: 768, zoom: 1 }, 13.3)).toBe(false);
  expect(hasMenu({ widthPx: 1024, heightPx: 768, zoom: 1 }, 13)).toBe(true);
  expect(hasMenu({ widthPx: 1366, heightPx: 500, zoom: 1 }, 13)).toBe(true);
});

test.each([
  [[], 'text'],
  [['M0', 'watchman'], 'village'],
  [['keys', 'P1'], 'village'],
  [['M0', 'P.P0.syscalltick'], 'runtime'],
  [['sysmon.ticks.P0.syscalltick'], 'runtime'],
  [['G.G1.throwsplit', 'AX'], 'machine'],
  [['R0'], 'machine'],
  [['kernel.fds'], 'machine'],
] as const)('%j is looked for in the %s', (focus, tab) => {
  expect(tabOf(focus)).toBe(tab);
});

test('the tab follows the step until a person chooses one', () => {
  expect(shownTab(null, ['M0'], false)).toBe('village');
  expect(shownTab(null, ['M0'], true)).toBe('text');
  for (const tab of TABS) {
    expect(shownTab(tab, ['AX'], false)).toBe(tab);
    expect(shownTab(tab, [], true)).toBe(tab);
  }
});

test('the timeline is as high as is wished for, between some lanes and most of the window', () => {
  expect([50, 76.6, 10, 99].map((wanted) => timelineTop(wanted, 768))).toEqual([50, 76.6, 40, expect.closeTo(83.07, 2)]);
  expect(timelineTop(76.6, 0)).toBe(76.6);
});

test('windows of about one height are divided alike: a notebook, a full screen, one of 4K, and less than a notebook', () => {
  const classes = [620, 768, 900, 1_080, 1_440, 2_160].map((heightPx) => heightClassOf({ widthPx: 1_600, heightPx, zoom: 1 }));
  expect(classes).toEqual(['low', 'middle', 'middle', 'high', 'high', 'huge']);
});
