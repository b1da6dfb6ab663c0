/** What the facts of a run must contain, and do not. */
import { fill } from '../../assets/words/index';
import type { Json } from '../model/state';
import { nearest } from '../model/nearest-word';
import { type Failure, failure } from './proofs';
import { saying, valueText } from './shown';
import { missingFrom, namesBeside } from './values';

/** `path`: where in what is expected. */
export interface Unmet extends Failure {
  path: string;
}

/** A map must contain what is expected of it; a list must have as many items. */
export function unmet(facts: object, expected: Json): Unmet[] {
  return missingFrom(facts as Json, expected).map(({ path, expected: wanted, found }): Unmet => {
    const text = valueText(wanted);
    if (found !== undefined)
      return { path, ...failure(saying((words) => fill(words.expected, { path, expected: text, found: valueText(found) }))) };
    const near = nearest(path.split('.').at(-1) ?? '', namesBeside(facts, path));
    return {
      path,
      ...failure(
        saying((words) => fill(words.expectedThere, { path, expected: text })),
        near,
      ),
    };
  });
}
