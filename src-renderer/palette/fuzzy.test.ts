import { expect, test } from 'vitest';
import { fit, fitting, initialsOf, namedIn } from './fuzzy';

test.each([
  ['出门打猎', 'cmdl'],
  ['课程地图', 'kcdt'],
  ['实验台 P0', 'syt P0'],
  ['', ''],
])('%s begins with %s', (text, initials) => {
  expect(initialsOf(text)).toBe(initials);
});

test.each([
  ['Playground', 'play', 5],
  ['Open the playground', 'playg', 4],
  ['retake/first', 'ake', 3],
  ['课程地图', '地图', 4],
  ['课程地图', 'kcdt', 2],
  ['Map of the course', 'course map', 3],
  ['Command palette', 'cmdp', 1],
  ['Command palette', 'xyz', 0],
  ['anything', '', 1],
])('%s, asked for as %s: %i', (name, wanted, by) => {
  expect(fit(name, wanted)).toBe(by);
});

test('a question in words finds whoever it names', () => {
  const all = [{ names: ['小红', 'Hong', 'G2'] }, { names: ['小明', 'Ming', 'G1'] }];
  const found = (typed: string): string[] => namedIn(all, typed).map(({ names: [first] }) => first ?? '');
  expect(found('小红为什么等这么久？')).toEqual(['小红']);
  expect(found('Why is hong waiting?')).toEqual(['小红']);
  expect(found('coming with G12')).toEqual([]);
  expect(found('两个房子')).toEqual([]);
});

test('the best comes first, and equal ones stay in their order', () => {
  const all = [{ names: ['车间', 'play it'] }, { names: ['播放', 'Play'] }, { names: ['黑屏'] }, { names: ['实验台', 'Playground'] }];
  expect(fitting(all, ' PLAY ', 9).map(({ names: [first] }) => first)).toEqual(['车间', '播放', '实验台']);
  expect(fitting(all, 'bf', 9).map(({ names: [first] }) => first)).toEqual(['播放']);
  expect(fitting(all, '', 2)).toHaveLength(2);
});
