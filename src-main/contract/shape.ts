/** What the shapes of requests are made of (request-table.ts). */
import type * as Zod from 'zod/mini';

/** As much of Zod as the shapes are made of: no more of it is built in. */
export type Z = Pick<
  typeof Zod,
  | 'array'
  | 'boolean'
  | 'discriminatedUnion'
  | 'enum'
  | 'gte'
  | 'instanceof'
  | 'int'
  | 'literal'
  | 'lte'
  | 'maxLength'
  | 'nullable'
  | 'number'
  | 'partialRecord'
  | 'record'
  | 'regex'
  | 'strictObject'
  | 'string'
>;
