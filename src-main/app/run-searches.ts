/** Searches in the open run: the last one is kept, so that it can be asked for piece by piece, and nothing else waits for long. */
import { readExpression } from '../ask/find/expression';
import type { RunSearch } from '../ask/find/run-search';
import { faultText } from '../ask/find/said';
import type { FindAsk, FoundSteps } from '../contract/requests';
import type { Result } from '../model/words';
import type { KeptRun } from './kept-run';
import { done } from './refusal';

/** A piece takes about so long; the clock is looked at after so many steps. */
const PIECE_MS = 30;
const STEPS_AT_ONCE = 2_000;

export class RunSearches {
  private last: { run: KeptRun; text: string; search: RunSearch } | null = null;

  /** Goes on after step `from` of the last search; when that was for something else, or got elsewhere, it begins anew. */
  find(run: KeptRun, { text, from, to }: FindAsk): Result<FoundSteps> {
    if (this.last?.run !== run || this.last.text !== text || this.last.search.lookedTo !== from) {
      const read = readExpression(text);
      if (!read.ok) return { ok: false, message: faultText(text, read.fault) };
      this.last = { run, text, search: run.search(read.expression) };
    }
    const { search } = this.last;
    const begin = search.lookedTo;
    const hits: number[] = [];
    const end = performance.now() + PIECE_MS;
    const goal = Math.min(to, run.opened.stepCount);
    do {
      for (const n of search.goOn(Math.min(goal, search.lookedTo + STEPS_AT_ONCE))) hits.push(n);
    } while (search.lookedTo < goal && performance.now() < end);
    // What has not been there yet may still come.
    const hints = search.lookedTo < run.opened.stepCount ? [] : search.hints;
    return done({ from: begin, to: search.lookedTo, hits: Uint32Array.from(hits), hints });
  }
}
