/** Which key is the playground’s, and which belongs to a field of it. */
import { expect, test } from 'vitest';
import { playgroundActionOf } from './playground-keys';

/** What the key asks for when it is pressed in such an element. */
function asked(html: string, key: string, options: KeyboardEventInit = {}): string | null {
  document.body.innerHTML = html;
  const event = new KeyboardEvent('keydown', { key, ...options });
  let found: string | null = null;
  const target = document.body.firstElementChild as Element;
  target.addEventListener('keydown', (each) => {
    found = playgroundActionOf(each as KeyboardEvent);
  });
  target.dispatchEvent(event);
  return found;
}

test('arrows step, unless a field or the choice of an architecture needs them', () => {
  expect(asked('<div></div>', 'ArrowRight')).toBe('forward');
  expect(asked('<button></button>', 'ArrowLeft')).toBe('back');
  expect(asked('<div></div>', 'Home')).toBe('toStart');
  expect(asked('<div></div>', 'End')).toBe('toEnd');
  for (const field of ['<textarea></textarea>', '<input type="text">', '<select></select>', '<input type="radio">'])
    expect(asked(field, 'ArrowRight'), field).toBeNull();
  expect(asked('<input type="checkbox">', 'ArrowRight')).toBe('forward');
});

test('with Alt they step out of any field, and ↓ goes to the line of the caret', () => {
  const alt = { altKey: true };
  expect(asked('<textarea></textarea>', 'ArrowRight', alt)).toBe('forward');
  expect(asked('<input type="text">', 'ArrowLeft', alt)).toBe('back');
  expect(asked('<textarea></textarea>', 'ArrowDown', alt)).toBe('toCaret');
  expect(asked('<textarea></textarea>', 'Home', alt)).toBeNull();
});

test('Ctrl Enter runs, Ctrl S saves; what else has Ctrl belongs to the field', () => {
  for (const held of [{ ctrlKey: true }, { metaKey: true }]) {
    expect(asked('<textarea></textarea>', 'Enter', held)).toBe('run');
    expect(asked('<textarea></textarea>', 's', held)).toBe('save');
    expect(asked('<div></div>', 'ArrowRight', held)).toBeNull();
  }
  expect(asked('<div></div>', 's', { ctrlKey: true, shiftKey: true })).toBeNull();
  expect(asked('<div></div>', 's')).toBeNull();
});
