/** A run of a scenario of one's own: what is told beside it, and how much of it may be seen. */
import type { Text } from '../../src-main/contract/index';

/** What a scenario asks, what to look for in it, and the answer. */
export interface Story {
  id: string;
  question: Text;
  look: Text;
  ending: Text;
}

/** `isAsTold`: the run is that of the text which the story is about. */
export type ToldStory = Story & { isAsTold: boolean };

/** What has to be known to show such a run again as it was left. */
export interface LeftRun {
  text: string;
  isVeiled: boolean;
  story: { told: Story; text: string } | null;
  furthest: number;
}

export class OwnRun {
  /** Only what has been played may be seen: the rest is a copy of what is still to be guessed, or is there to be found out. */
  isVeiled = $state(false);
  private story = $state.raw<LeftRun['story']>(null);
  private text = $state('');
  /** The last step that has been seen. Not $state: `horizon`, which is asked in $derived, writes it. */
  private furthest = 0;
  /** Runs that are on their way: until they are there the step that is shown is one of what was open before. */
  private coming = $state(0);

  /** From now on `told` is told of the scenario with this text. */
  tell(told: Story, text: string): void {
    this.story = { told, text };
  }

  /** Step n of the run of this text will be shown; `arrive` says when it is. */
  show(text: string, isVeiled: boolean, n: number): void {
    this.coming++;
    this.text = text;
    this.isVeiled = isVeiled;
    this.furthest = n;
  }

  /** As it is left now. */
  get left(): LeftRun {
    const { text, isVeiled, story, furthest } = this;
    return { text, isVeiled, story, furthest };
  }

  /** Will be shown again as it was left. */
  takeUp({ text, isVeiled, story, furthest }: LeftRun): void {
    this.coming++;
    [this.text, this.isVeiled, this.story, this.furthest] = [text, isVeiled, story, furthest];
  }

  /** What was to be shown is there, or will never be. */
  arrive(): void {
    this.coming--;
  }

  /** Something else has been opened. */
  clear(): void {
    this.isVeiled = false;
    this.story = null;
  }

  /** The last step of a veiled run that may be seen while step n is shown; null: all of it may. */
  horizon(n: number, stepCount: number): number | null {
    if (this.coming > 0) return this.furthest;
    this.furthest = Math.max(this.furthest, n);
    return this.furthest < stepCount ? this.furthest : null;
  }

  /** null: nothing is told. */
  get told(): ToldStory | null {
    return this.story && { ...this.story.told, isAsTold: this.story.text === this.text };
  }
}
