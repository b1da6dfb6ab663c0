/** `sim find`: the steps of a run of which an expression is true. */
import { fill, inEveryLanguage } from '../../assets/words/index';
import { type ExpressionFault, readExpression } from '../ask/find/expression';
import { Matcher } from '../ask/find/matcher';
import type { ModelAssets } from '../model/run/simulate';
import { nearest } from '../model/nearest-word';
import { visibleLine } from '../model/visible-text';
import type { Fault, Text } from '../model/words';
import { runOfFile } from './run-of-file';

export interface Found {
  n: number;
  t: number;
  fn: string;
  at: string;
}

export type FindResult =
  { ok: true; found: Found[]; hints: Text[] } | { ok: false; faults: readonly Fault[] } | { ok: false; expression: Text };

export function findIn(text: string, file: string, expression: string, limit: number, listings: () => ModelAssets): FindResult {
  const read = readExpression(expression);
  if (!read.ok) return { ok: false, expression: faultText(expression, read.fault) };
  const run = runOfFile(text, file, listings);
  if (!run.ok) return run;
  const matcher = new Matcher(run.first, read.expression);
  const found: Found[] = [];
  for (const step of run.steps) {
    if (found.length >= limit) return { ok: true, found, hints: [] };
    if (matcher.add(step)) found.push({ n: step.n, t: step.t, fn: step.fn, at: step.at });
  }
  const hints = matcher.neverThere.map((place) => {
    const near = nearest(place.rest.at(-1) ?? place.owner, matcher.fieldsBeside(place));
    return inEveryLanguage((words) =>
      fill(words.find.neverThere, { found: place.text, guess: near === null ? '' : fill(words.window.didYouMean, { word: near }) }),
    );
  });
  return { ok: true, found, hints };
}

/** The expression with a mark below the character. */
function faultText(expression: string, { at, message, suggestion }: ExpressionFault): Text {
  return inEveryLanguage((words, language) => {
    const guess = suggestion === null ? '' : fill(words.window.didYouMean, { word: suggestion });
    return fill(words.find.fault, { column: [...expression.slice(0, at)].length + 1, message: message[language], guess });
  });
}

/** One line each: number, time in ns, function, row; between tabs, for other tools. */
export const foundLines = (found: readonly Found[]): string =>
  ['n\tt\tfn\tat\n', ...found.map(({ n, t, fn, at }) => `${n}\t${t}\t${visibleLine(fn)}\t${visibleLine(at)}\n`)].join('');
