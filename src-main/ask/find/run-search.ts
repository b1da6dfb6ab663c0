/** A search through a run that is kept packed: it goes on where it stopped, so that whoever asks can do it in pieces and give it up. Pure. */
import type { State } from '../../model/state';
import type { PackedSteps, StepCursor } from '../../model/trace/packed-steps';
import type { Text } from '../../model/words';
import type { Expression } from './expression';
import { Matcher } from './matcher';
import { likelyMisspelt } from './said';

export class RunSearch {
  private readonly matcher: Matcher;
  private readonly cursor: StepCursor;
  /** The last step that has been looked at. */
  lookedTo = 0;

  constructor(
    first: State,
    private readonly steps: PackedSteps,
    private readonly expression: Expression,
  ) {
    this.matcher = new Matcher(first, expression);
    this.cursor = steps.cursor();
  }

  /** The steps up to `to` of which the expression is true: those that have not been looked at before. */
  goOn(to: number): number[] {
    const { matcher, cursor } = this;
    const hits: number[] = [];
    const end = Math.min(to, this.steps.length);
    for (let n = this.lookedTo + 1; n <= end; n++) {
      cursor.goTo(n);
      if (matcher.look(cursor)) hits.push(n);
    }
    this.lookedTo = Math.max(this.lookedTo, end);
    return hits;
  }

  /** What has not been there up to now: most likely misspelt. */
  get hints(): Text[] {
    return likelyMisspelt(this.matcher, this.expression);
  }
}
