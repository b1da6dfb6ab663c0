/** The meaning of a key in a page that plays: the app's commands, zoom with Ctrl, answers by digits. Pure. */
import { commandOf, type CommandId } from '../../src-main/contract/index';

/** Of a keyboard event. */
type Pressed = Parameters<typeof commandOf>[0];

export type Meaning = { kind: 'command'; command: CommandId } | { kind: 'zoom'; notches: number } | { kind: 'answer'; choice: number };

const NOTCHES: Readonly<Record<string, number>> = { '+': 1, '=': 1, '-': -1, _: -1, '0': 0 };

/** `choices`: how many the open question has; 0: none is open. null: the key is left to the browser. */
export function meaningOf(pressed: Pressed, choices: number): Meaning | null {
  if (pressed.altKey === true) return null;
  if (pressed.ctrlKey === true || pressed.metaKey === true) {
    const notches = NOTCHES[pressed.key];
    return notches === undefined ? null : { kind: 'zoom', notches };
  }
  const [, digit] = /^(?:Digit|Numpad)([1-9])$/.exec(pressed.code) ?? [];
  if (digit !== undefined && Number(digit) <= choices) return { kind: 'answer', choice: Number(digit) - 1 };
  const command = commandOf(pressed);
  return command && { kind: 'command', command };
}
