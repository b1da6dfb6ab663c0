/** Which command a key means, given where the focus is and what lies over the window. */
import { COMMANDS, type CommandId, commandOf } from '../../src-main/contract/index';

/** What a command does, for the menu, the keys and the buttons alike. */
export type Actions = Readonly<Record<CommandId, () => unknown>>;

/**
 * What lies over the window and has its keys: the dialog of a command, which closes it; the blank screen (`blank`); something that has no command or
 * keys of its own.
 */
export type Overlay = CommandId | 'unnamed' | null;

const MODIFIERS: ReadonlySet<string> = new Set(['Shift', 'Control', 'Alt', 'Meta', 'CapsLock', 'NumLock', 'AltGraph', 'Fn']);

/** Keys that a closed select needs for itself. While its list hangs open Chromium gives the page no keys at all. */
const LIST_KEYS: ReadonlySet<string> = new Set(['Enter', 'ArrowUp', 'ArrowDown', 'Tab', 'F4']);
const PAGE_KEYS: ReadonlySet<string> = new Set(['PageUp', 'PageDown']);
const TEXT = 'textarea, [contenteditable], input:not([type=button], [type=checkbox], [type=radio], [type=range])';

/** Types a letter, a digit or a sign: whoever speaks to the machine, or hits keys by chance, can switch commands by these off (WCAG 2.1.4). */
const isLetterKey = ({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean =>
  !ctrlKey && !metaKey && !altKey && key !== ' ' && [...key].length === 1;

/** Null: the key is not the window's, and whoever has the focus keeps it. `hasLetterKeys`: single letters and signs are commands. */
export function commandFor(event: KeyboardEvent, over: Overlay, hasLetterKeys = true): CommandId | null {
  const { target } = event;
  // Any key brings the picture back, and does nothing else.
  if (over === 'blank') return MODIFIERS.has(event.key) ? null : 'blank';
  // An input method is still at work on it.
  if (event.isComposing || (!hasLetterKeys && isLetterKey(event))) return null;
  const command = commandOf(event);
  if (command === null) return null;
  if (over !== null && command !== over && !COMMANDS[command].isEverywhere && !(over === 'course' && command === 'help')) return null;
  if (target instanceof HTMLSelectElement && LIST_KEYS.has(event.key)) return null;
  // No text has Ctrl F or F3 in it, and a field of one line has no pages: a clicker goes on where somebody has just changed a number.
  if (event.ctrlKey || event.metaKey || /^F\d+$/.test(event.key)) return command;
  if (target instanceof HTMLInputElement && PAGE_KEYS.has(event.key)) return command;
  return isTyped(target) ? null : command;
}

const isTyped = (target: EventTarget | null): boolean => target instanceof Element && target.matches(TEXT);

/**
 * The hand that a digit raises at a question, by its place on the keyboard, or with Shift takes down: keys 1 to 9 are the choices in order.
 * Null: the key means something else.
 */
export function handOf(event: KeyboardEvent, over: Overlay): { choice: number; by: 1 | -1 } | null {
  if (over !== null || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyped(event.target)) return null;
  const [, digit] = /^(?:Digit|Numpad)([1-9])$/.exec(event.code) ?? [];
  return digit === undefined ? null : { choice: Number(digit) - 1, by: event.shiftKey ? -1 : 1 };
}

/** Listener for `keydown` on the window. `raise`: takes a digit at an open question, or says that there is none. `hasLetterKeys`: as they are now. */
export function keyListener(
  actions: Actions,
  overlay: () => Overlay,
  raise: (choice: number, by: number) => boolean = () => false,
  hasLetterKeys: () => boolean = () => true,
): (event: KeyboardEvent) => void {
  return (event) => {
    const hand = hasLetterKeys() ? handOf(event, overlay()) : null;
    if (hand && raise(hand.choice, hand.by)) {
      event.preventDefault();
      return;
    }
    const command = commandFor(event, overlay(), hasLetterKeys());
    if (command === null) return;
    // The space bar plays wherever the focus is: a button that was clicked before is not pressed again. Enter presses it.
    event.preventDefault();
    if (command === 'play' && event.repeat) return;
    void actions[command]();
  };
}

/** The key to name on a command's button; '' when it has none. */
export function keyOf(command: CommandId): string {
  return COMMANDS[command].keys[0] ?? '';
}

/** Attachment of a select: a choice from its open list gives the focus back to the window; one made by arrow keys keeps it. */
export function givesFocusBack(select: HTMLSelectElement): () => void {
  let isByArrow = false;
  const listeners = {
    keydown: ({ key, altKey }: KeyboardEvent): void => {
      // Alt ↓ opens the list.
      isByArrow = (key === 'ArrowUp' || key === 'ArrowDown') && !altKey;
    },
    pointerdown: (): void => {
      isByArrow = false;
    },
    change: (): void => {
      if (!isByArrow) select.blur();
    },
  };
  select.addEventListener('keydown', listeners.keydown);
  select.addEventListener('pointerdown', listeners.pointerdown);
  select.addEventListener('change', listeners.change);
  return () => {
    select.removeEventListener('keydown', listeners.keydown);
    select.removeEventListener('pointerdown', listeners.pointerdown);
    select.removeEventListener('change', listeners.change);
  };
}
