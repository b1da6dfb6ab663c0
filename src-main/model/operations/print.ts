/** println of one text. */
import { println } from '../runtime/own-calls';
import type { OperationRow } from './operation';

export interface Print {
  kind: 'print';
  text: string;
}

export const print: OperationRow<Print> = {
  kind: 'print',
  example: 'print: text',
  go: 'println(s)',
  read: (parameter) => ({ kind: 'print', text: parameter.freeText('print') ?? '' }),
  written: ({ text }) => text,
  carryOut: ({ text }, { rt, g }) => println(rt, g, text),
};
