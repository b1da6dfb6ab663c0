import { afterEach, expect, test, vi } from 'vitest';
import { eventually } from '../../src-main/app/testdata/eventually';
import { takesDrops } from './drop';

const open = vi.fn(() => Promise.resolve());
const warn = vi.fn();
afterEach(() => {
  vi.clearAllMocks();
});

/** jsdom has no DataTransfer. */
function dropped(kind: 'Files' | 'text/plain', names: readonly string[]): Event {
  const items = names.map((name) => ({ getAsFile: () => new File([], name) }));
  return Object.assign(new Event('drop', { cancelable: true }), { dataTransfer: { types: [kind], items, dropEffect: 'none' } });
}

const leave = takesDrops({ open, warn });

test.each(['a.scenario.yaml', 'a.trace.jsonl', 'server.trace', 'trace.out', 'stderr.txt', '01-hunting', 'recorded', 'picture.png'])(
  '%s is given to whoever reads it, which no name decides',
  (name) => {
    const event = dropped('Files', [name]);
    dispatchEvent(event);
    expect(event.defaultPrevented).toBe(true);
    expect(open).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ name }));
    expect(warn).not.toHaveBeenCalled();
  },
);

test('of several the first is opened, and that is told', async () => {
  dispatchEvent(dropped('Files', ['a.yaml', 'b.yaml']));
  expect(open).toHaveBeenCalledTimes(1);
  await eventually(() => {
    expect(warn).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ en: expect.stringContaining('a.yaml') as string }));
  });
});

test('words that are dragged are not taken, and nothing is once it has left', () => {
  const words = dropped('text/plain', ['a.yaml']);
  dispatchEvent(words);
  expect(words.defaultPrevented).toBe(false);
  leave();
  dispatchEvent(dropped('Files', ['a.yaml']));
  expect(open).not.toHaveBeenCalled();
});
