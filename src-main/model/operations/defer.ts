/** A deferred function: it runs when the function that deferred it ends, whichever way. */
import type { AnyOperation, OperationRow } from './operation';

export interface Defer {
  kind: 'defer';
  body: AnyOperation[];
}

export const defer: OperationRow<Defer> = {
  kind: 'defer',
  example: 'defer: [recover]',
  go: 'defer f()',
  read: (parameter) => ({ kind: 'defer', body: parameter.operations('defer') }),
  written: ({ body }, nested) => nested(body),
  within: ({ body }) => ({ operations: body, times: 1 }),
  carryOut: ({ body }, by) => by.defer(body),
};
