/** Where labels go when there is a choice. */
import { expect, test } from 'vitest';
import { boxOf, type LabelWish, overlap, placeLabels, textWidth, wrapped } from './scene-labels';

const FRAME = { width: 1_000, height: 400 };
const WISH: LabelWish = {
  of: 'M0',
  at: { x: 500, y: 200 },
  kind: 'name',
  height: 60,
  half: 17,
  variants: [{ text: 'Zhang San', id: 'M0' }],
};
/** Right under the figure: where its label goes if nobody minds. */
const UNDER = { x: 480, y: 204, w: 40, h: 20 };

test('a label keeps off another figure’s face, though not off its own', () => {
  const covers = (of: string): boolean => {
    const [label] = placeLabels([WISH], [], [{ of, ...UNDER }], FRAME);
    if (!label) throw new Error('there is no label');
    return overlap(boxOf(label, WISH.at), UNDER);
  };
  expect([covers('M0'), covers('M1')]).toEqual([true, false]);
});

test.each([
  ['M13 打猎去了，记着地址 №0；更夫还没见过', 190, ['M13 打猎去了，', '记着地址 №0；更夫还没见过']],
  ['M4 在家带着 G19；长凳上 17 个在等', 190, ['M4 在家带着 G19；', '长凳上 17 个在等']],
  ['M7 has no child, and looks for one', 190, ['M7 has no child,', 'and looks for one']],
  ['短', 180, ['短']],
  // A number stands before what it counts.
  ['M2 在账房：挑下一个带谁；还有 1 位在外头记着它', 240, ['M2 在账房：挑下一个带谁；', '还有 1 位在外头记着它']],
  // Where only even lines would split a word of the village.
  ['第 13 位家长请不到', 80, ['第 13 位', '家长请不到']],
] as const)('“%s” is broken where it pauses, into few and even lines', (text, room, expected) => {
  const lines = wrapped(text, room, 13.5);
  expect(lines).toEqual(expected);
  for (const line of lines) expect(textWidth(line, 13.5)).toBeLessThanOrEqual(room);
});
