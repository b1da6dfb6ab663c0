/** What a key means in a page that plays: the app's own commands, sizes with Ctrl, answers by their digits. Pure. */
import { commandOf, type CommandId } from '../../src-main/contract/index';

/** Of a keyboard event. */
type Pressed = Parameters<typeof commandOf>[0];

export type Meaning = { kind: 'command'; command: CommandId } | { kind: 'zoom'; notches: number } | { kind: 'answer'; choice: number };

const NOTCHES: Readonly<Record<string, number>> = { '+': 1, '=': 1, '-': -1, _: -1, '0': 0 };

/** `choices`: of the question that is open; 0: none is. null: the key is the browser's. */
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
