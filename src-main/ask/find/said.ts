/** What is said of an expression: its fault, and places of it that no step had. */
import { fill, inEveryLanguage } from '../../../assets/words/index';
import { nearest } from '../../model/nearest-word';
import type { Text } from '../../model/words';
import type { ExpressionFault } from './expression';
import type { Matcher } from './matcher';

/** The fault with the number of its character, counted from 1. */
export function faultText(expression: string, { at, message, suggestion }: ExpressionFault): Text {
  return inEveryLanguage((words, language) => {
    const guess = suggestion === null ? '' : fill(words.window.didYouMean, { word: suggestion });
    return fill(words.find.fault, { column: [...expression.slice(0, at)].length + 1, message: message[language], guess });
  });
}

/** One for each place that the run never had, with the nearest one that there is. Asked when the last step has been looked at. */
export function neverThere(matcher: Matcher): Text[] {
  return matcher.neverThere.map((place) => {
    const near = nearest(place.rest.at(-1) ?? place.owner, matcher.fieldsBeside(place));
    return inEveryLanguage((words) =>
      fill(words.find.neverThere, { found: place.text, guess: near === null ? '' : fill(words.window.didYouMean, { word: near }) }),
    );
  });
}
