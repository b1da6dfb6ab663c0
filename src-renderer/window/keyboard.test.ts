/** The window's keys, wherever the focus is and whatever lies over the window. */
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { COMMANDS, type CommandId } from '../../src-main/contract/index';
import { type Actions, givesFocusBack, handOf, keyListener, keyOf, type Overlay } from './keyboard';

const IDS = Object.keys(COMMANDS) as CommandId[];
let done: CommandId[] = [];
const actions = Object.fromEntries(IDS.map((id) => [id, () => done.push(id)])) as unknown as Actions;
beforeEach(() => {
  done = [];
  document.body.innerHTML = '';
});

/** Presses a key with the focus on `target`; gives what was done, and whether the key was taken from the target. */
function press(key: string, init: KeyboardEventInit = {}, over: Overlay = null, target: Element = document.body) {
  const listener = keyListener(actions, () => over);
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init });
  window.addEventListener('keydown', listener, { once: true });
  target.dispatchEvent(event);
  return { done, isTaken: event.defaultPrevented };
}

function element(html: string): Element {
  document.body.innerHTML = html;
  const [first] = document.body.children;
  if (!first) throw new Error(`${html} is no element`);
  return first;
}

test.each([
  ['e', {}, 'exportPicture'],
  ['E', { shiftKey: true }, 'exportTrace'],
  // Caps Lock
  ['E', {}, 'exportPicture'],
  ['e', { shiftKey: true }, 'exportTrace'],
  ['ArrowRight', { shiftKey: true }, 'lessonNext'],
  ['?', { shiftKey: true }, 'help'],
  ['=', {}, 'faster'],
  ['Home', {}, 'toStart'],
  ['End', {}, 'toEnd'],
  [' ', {}, 'play'],
  ['ArrowLeft', {}, 'stepBack'],
  ['ArrowLeft', { altKey: true }, 'placeBack'],
] as const)('%s with %o means %s', (key, init, command) => {
  expect(press(key, init)).toEqual({ done: [command], isTaken: true });
});

test.each([
  ['z', {}],
  ['Enter', {}],
  ['o', { ctrlKey: true }],
  ['ArrowUp', { altKey: true }],
  ['l', { altKey: true }],
  ['l', { metaKey: true }],
  ['L', { shiftKey: true }],
] as const)('%s with %o is not the window’s', (key, init) => {
  expect(press(key, init)).toEqual({ done: [], isTaken: false });
});

test.each([
  ['h', {}, []],
  ['/', {}, []],
  ['1', { code: 'Digit1' }, []],
  ['？', { code: 'Slash' }, []],
  [' ', {}, ['play']],
  ['PageDown', {}, ['lessonNext']],
  ['k', { ctrlKey: true }, ['palette']],
  ['F3', {}, ['searchNext']],
] as const)('with single keys switched off %s with %o means %j, and no hand is raised', (key, init, command) => {
  const raised: unknown[] = [];
  const listener = keyListener(
    actions,
    () => null,
    (...hand) => raised.push(hand) > 0,
    () => false,
  );
  listener(new KeyboardEvent('keydown', { key, cancelable: true, ...init }));
  expect([done, raised]).toEqual([command, []]);
});

test('over a dialog with keys of its own no letter is a command', () => {
  for (const key of ['g', 'r', '1', ' ']) expect(press(key, {}, 'unnamed').done).toEqual([]);
});

test('the space bar plays once however long it is held, and never presses the button that has the focus', () => {
  const button = element('<button>x</button>');
  expect(press(' ', {}, null, button)).toEqual({ done: ['play'], isTaken: true });
  expect(press(' ', { repeat: true }, null, button)).toEqual({ done: ['play'], isTaken: true });
  // An arrow that is held steps on and on.
  expect(press('ArrowRight', { repeat: true }, null, button).done).toEqual(['play', 'stepForward']);
});

test.each([
  ['<textarea></textarea>', false],
  ['<input type="text">', false],
  ['<input>', false],
  ['<div contenteditable></div>', false],
  ['<input type="range">', true],
  ['<input type="checkbox">', true],
  ['<a href="#x">x</a>', true],
] as const)('with the focus on %s a letter is a command: %s', (html, isCommand) => {
  const { isTaken } = press('t', {}, null, element(html));
  expect(isTaken).toBe(isCommand);
  expect(done).toEqual(isCommand ? ['theme'] : []);
});

test.each([
  ['<input type="number">', true],
  ['<input>', true],
  ['<textarea></textarea>', false],
  ['<div contenteditable></div>', false],
] as const)('a clicker works with the focus on %s: %s', (html, isCommand) => {
  for (const [key, command] of [
    ['PageDown', 'lessonNext'],
    ['PageUp', 'lessonPrevious'],
  ] as const) {
    done.length = 0;
    expect(press(key, {}, null, element(html))).toEqual({ done: isCommand ? [command] : [], isTaken: isCommand });
  }
});

test.each(['Enter', 'ArrowUp', 'ArrowDown', 'Tab', 'F4'])('a closed select keeps %s', (key) => {
  expect(press(key, {}, null, element('<select></select>'))).toEqual({ done: [], isTaken: false });
});

test.each([
  ['ArrowRight', 'stepForward'],
  [' ', 'play'],
  ['PageDown', 'lessonNext'],
] as const)('a closed select leaves %j to the window', (key, command) => {
  expect(press(key, {}, null, element('<select></select>'))).toEqual({ done: [command], isTaken: true });
});

/** A key of each command that has one, as the browser names it. */
const KEYS = IDS.flatMap((id) => {
  const key = COMMANDS[id].keys[0];
  const names: Record<string, string> = { Space: ' ', '→': 'ArrowRight', '←': 'ArrowLeft', '−': '-', Esc: 'Escape' };
  return key === undefined ? [] : [{ id, key: names[key] ?? key.replace('Shift ', ''), shiftKey: key.startsWith('Shift ') }];
});

test('each command with a key is reached by it', () => {
  for (const { key, shiftKey } of KEYS) press(key, { shiftKey });
  expect(done).toEqual(KEYS.map(({ id }) => id));
});

test('while the playground is open, only language and theme are the window’s', () => {
  for (const { key, shiftKey } of KEYS) press(key, { shiftKey }, 'unnamed');
  expect(done).toEqual(['language', 'theme']);
  const text = element('<textarea></textarea>');
  expect(press('l', {}, 'unnamed', text)).toMatchObject({
    isTaken: false,
  });
});

test('while the course is open, M closes it, ? lists the keys over it, language and theme change, and its search field keeps its letters', () => {
  const over = 'course';
  for (const { key, shiftKey } of KEYS) press(key, { shiftKey }, over);
  expect(done).toEqual(['language', 'theme', 'course', 'help']);
  expect(press('m', {}, over, element('<input type="search">'))).toMatchObject({ isTaken: false });
});

test('while the help is open, ? closes it, and language and theme change', () => {
  for (const { key, shiftKey } of KEYS) press(key, { shiftKey }, 'help');
  expect(done).toEqual(['language', 'theme', 'help']);
});

test('a button names the first key of its command', () => {
  expect([keyOf('play'), keyOf('exportTrace'), keyOf('village'), keyOf('restart')]).toEqual(['Space', 'Shift E', '1', '']);
});

test.each([
  ['a choice from the open list', ['pointerdown'], true],
  ['an arrow key', ['ArrowDown'], false],
  ['an arrow key after a click', ['pointerdown', 'ArrowUp'], false],
  ['a choice from a list that Alt ↓ has opened', ['ArrowDown', 'Alt ArrowDown'], true],
  ['a choice from a list that Enter has opened', ['ArrowDown', 'Enter'], true],
] as const)('after %s a select gives the focus back: %s', (_, events, isGivenBack) => {
  const select = element('<select><option>1</option><option>2</option></select>') as HTMLSelectElement;
  const detach = givesFocusBack(select);
  const blur = vi.spyOn(select, 'blur');
  for (const each of events) {
    const key = each.replace('Alt ', '');
    select.dispatchEvent(each === 'pointerdown' ? new Event(each) : new KeyboardEvent('keydown', { key, altKey: each !== key }));
  }
  select.dispatchEvent(new Event('change'));
  expect(blur).toHaveBeenCalledTimes(isGivenBack ? 1 : 0);
  detach();
  select.dispatchEvent(new Event('pointerdown'));
  select.dispatchEvent(new Event('change'));
  expect(blur).toHaveBeenCalledTimes(isGivenBack ? 1 : 0);
});

test('a blank screen comes back with any key, which does nothing else', () => {
  const blank = 'blank';
  expect(press('ArrowRight', {}, blank)).toEqual({ done: ['blank'], isTaken: true });
  done = [];
  expect(press('Shift', {}, blank)).toEqual({ done: [], isTaken: false });
});

test('what an input method composes is not the window’s', () => {
  expect(press('l', { isComposing: true })).toEqual({ done: [], isTaken: false });
  expect(press('Process', { code: 'KeyL' })).toEqual({ done: ['language'], isTaken: true });
});

describe('digits at a question', () => {
  const at = (code: string, init: KeyboardEventInit = {}, over: Overlay = null, target: Element = document.body): unknown => {
    const event = new KeyboardEvent('keydown', { code, bubbles: true, ...init });
    target.dispatchEvent(event);
    return handOf(event, over);
  };

  test('are hands by their place, with Shift one less', () => {
    expect(at('Digit1', { key: '1' })).toEqual({ choice: 0, by: 1 });
    expect(at('Numpad9', { key: '9' })).toEqual({ choice: 8, by: 1 });
    expect(at('Digit3', { key: '#', shiftKey: true })).toEqual({ choice: 2, by: -1 });
    expect(at('Digit2', { key: 'é' })).toEqual({ choice: 1, by: 1 });
  });

  test('are nothing in a field, below a dialog, or with other modifiers; 0 and letters are no choices', () => {
    const field = document.body.appendChild(document.createElement('input'));
    field.type = 'number';
    expect(at('Digit1', {}, null, field)).toBeNull();
    field.remove();
    for (const over of ['help', 'blank', 'unnamed'] as const) expect(at('Digit1', {}, over), over).toBeNull();
    for (const modifier of ['ctrlKey', 'altKey', 'metaKey']) expect(at('Digit1', { [modifier]: true }), modifier).toBeNull();
    expect([at('Digit0'), at('KeyA')]).toEqual([null, null]);
  });

  test('go to the question while it is open, and are commands else', () => {
    const raised: unknown[] = [];
    let isAsking = true;
    const listener = keyListener(
      actions,
      () => null,
      (...hand) => {
        if (isAsking) raised.push(hand);
        return isAsking;
      },
    );
    const press1 = (): void => {
      listener(new KeyboardEvent('keydown', { key: '1', code: 'Digit1', cancelable: true }));
    };
    press1();
    expect([raised, done]).toEqual([[[0, 1]], []]);
    isAsking = false;
    press1();
    expect(done).toEqual(['village']);
  });
});
