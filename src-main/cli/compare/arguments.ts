/** What may stand behind `npm run compare --`. */
export interface CompareArguments {
  judge: string;
  seed: number;
  count: number | null;
  keep: boolean;
}

/** `judges`: the names there are. A string says what cannot be read. */
export function readArguments(typed: readonly string[], judges: readonly string[]): CompareArguments | string {
  const read: CompareArguments = { judge: '', seed: 1, count: null, keep: false };
  for (let i = 0; i < typed.length; i++) {
    const word = typed[i] ?? '';
    if (word === '--keep') read.keep = true;
    else if (word === '--seed' || word === '--count') {
      const value = Number(typed[++i]);
      if (!Number.isSafeInteger(value) || value < 1) return `${word} takes a whole number from 1 on`;
      if (word === '--seed') read.seed = value;
      else read.count = value;
    } else if (word.startsWith('-')) return `${word} is no switch; there are --seed N, --count N, --keep`;
    else if (read.judge !== '') return `one judge at a time: ${read.judge} or ${word}`;
    else read.judge = word;
  }
  if (judges.includes(read.judge)) return read;
  return `${read.judge === '' ? 'which judge?' : `${read.judge} is no judge.`} There are: ${judges.join(', ')}`;
}
