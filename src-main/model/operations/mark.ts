/** A labelled point in the trace. */
import type { OperationRow } from './operation';

export interface Mark {
  kind: 'mark';
  text: string;
}

export const mark: OperationRow<Mark> = {
  kind: 'mark',
  example: 'mark: text',
  go: '// …',
  // A mark is a call, too: whoever is to give way does so before anything is noted.
  opening: { cost: 'mark', givesWay: 'before' },
  read: (parameter) => ({ kind: 'mark', text: parameter.freeText('mark') ?? '' }),
  written: ({ text }) => text,
  carryOut: ({ text }, { rt }) => {
    rt.to.open.note = text;
    return null;
  },
};
