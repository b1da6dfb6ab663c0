/** What is said of an expression: its fault, and places of it that no step had. */
import { fill, inEveryLanguage } from '../../../assets/words/index';
import { G_STATUSES, P_STATUSES } from '../../model/go-constants';
import { nearest } from '../../model/nearest-word';
import type { Text } from '../../model/words';
import type { Expression, ExpressionFault, Operand } from './expression';
import type { Matcher } from './matcher';

/** The fault with the number of its character, counted from 1. */
export function faultText(expression: string, { at, message, suggestion }: ExpressionFault): Text {
  return inEveryLanguage((words, language) => {
    const guess = suggestion === null ? '' : fill(words.window.didYouMean, { word: suggestion });
    return fill(words.find.fault, { column: [...expression.slice(0, at)].length + 1, message: message[language], guess });
  });
}

/**
 * What in an expression that has found nothing is most likely misspelt: each place that the run never had, and each word that is written like a
 * status of Go's and is none, with the nearest one that there is. Asked when the last step has been looked at.
 */
export function likelyMisspelt(matcher: Matcher, expression: Expression): Text[] {
  return [...neverThere(matcher), ...neverNull(matcher, expression), ...noStatuses(expression)];
}

/** A word by itself is a text or a goroutine, so it is null in no run: who compares it with null means a place. */
function neverNull(matcher: Matcher, expression: Expression): Text[] {
  return comparisonsOf(expression).flatMap(({ left, right }) => {
    const [word, other] = left.kind === 'word' ? [left.word, right] : right.kind === 'word' ? [right.word, left] : ['', null];
    if (other?.kind !== 'value' || other.value !== null || matcher.knows(word)) return [];
    const near = nearest(word, matcher.owners);
    return inEveryLanguage((words) =>
      fill(words.find.neverThere, { found: word, guess: near === null ? '' : fill(words.window.didYouMean, { word: near }) }),
    );
  });
}

function comparisonsOf(expression: Expression): (Expression & { kind: 'compare' })[] {
  if (expression.kind === 'and' || expression.kind === 'or') return [...comparisonsOf(expression.left), ...comparisonsOf(expression.right)];
  if (expression.kind === 'not') return comparisonsOf(expression.of);
  return expression.kind === 'compare' ? [expression] : [];
}

/** Those that a value is looked for in, anywhere in an expression. */
function operandsOf(expression: Expression): Operand[] {
  switch (expression.kind) {
    case 'and':
    case 'or':
      return [...operandsOf(expression.left), ...operandsOf(expression.right)];
    case 'not':
      return operandsOf(expression.of);
    case 'compare':
    case 'has':
      return [expression.left, expression.right];
    default:
      return [];
  }
}

function noStatuses(expression: Expression): Text[] {
  return operandsOf(expression).flatMap((operand) => {
    const found = operand.kind === 'word' ? operand.word : operand.kind === 'value' ? String(operand.value) : '';
    const [, letter] = /^_([GP])[a-z]/.exec(found) ?? [];
    const statuses: readonly string[] = letter === 'P' ? P_STATUSES : G_STATUSES;
    if (letter === undefined || statuses.includes(found)) return [];
    const near = nearest(found, [...statuses]);
    return inEveryLanguage((words) =>
      fill(words.find.noStatus, { found, guess: near === null ? '' : fill(words.window.didYouMean, { word: near }) }),
    );
  });
}

function neverThere(matcher: Matcher): Text[] {
  return matcher.neverThere.map((place) => {
    const near = nearest(place.rest.at(-1) ?? place.owner, matcher.fieldsBeside(place));
    return inEveryLanguage((words) =>
      fill(words.find.neverThere, { found: place.text, guess: near === null ? '' : fill(words.window.didYouMean, { word: near }) }),
    );
  });
}
