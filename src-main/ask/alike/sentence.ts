/** The first difference of two runs, in a sentence. */
import { fill, type Language, WORDS } from '../../../assets/words/index';
import type { Difference, DifferingStep } from './difference';

/** How the two runs are called, and how a time is written. */
export interface Told {
  one: string;
  other: string;
  time: (ns: number) => string;
}

/** null: there is none. */
export function differenceSentence(difference: Difference | null, { one, other, time }: Told, language: Language): string {
  const words = WORDS[language].difference;
  if (difference === null) return words.none;
  const { kind, path, values } = difference;
  const [a, b] = [difference.one, difference.other];
  const row = ({ fn, at }: DifferingStep): string => `${fn} / ${at}`;
  const place = ({ m, p }: DifferingStep): string => (p === null ? m : `${m} · ${p}`);
  const step = (each: DifferingStep): string => fill(words.step, { time: time(each.t), who: each.who, row: row(each), place: place(each) });
  if (a === null || b === null) {
    const on = a ?? b;
    return on === null
      ? words.none
      : fill(words.end, { n: on.n - 1, over: a === null ? one : other, on: a === null ? other : one, step: step(on) });
  }
  const { n, who } = a;
  switch (kind) {
    case 'row':
      return fill(words.row, { n, who, one, other, rowOne: row(a), rowOther: row(b) });
    case 'place':
      return fill(words.place, { n, who, row: row(a), one, other, placeOne: place(a), placeOther: place(b) });
    case 'time':
      return fill(words.time, { n, who, row: row(a), one, other, timeOne: time(a.t), timeOther: time(b.t) });
    case 'value':
      return fill(words.value, { n, who, path, one, other, valueOne: values[0] || '—', valueOther: values[1] || '—' });
    default:
      return fill(words.who, { n, one, other, stepOne: step(a), stepOther: step(b) });
  }
}
