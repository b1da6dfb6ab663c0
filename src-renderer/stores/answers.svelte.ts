/** The questions of the open lesson: what has been thought of them, vote by vote, and whether the answer has been revealed. */
import { inEveryLanguage } from '../../assets/words/index';
import { type AskedQuestion, type LessonStep, LIMITS, type Vote } from '../../src-main/contract/index';
import type { Learners } from './learners.svelte';

export class Answers {
  /** `lessonId`: of the lesson that is open. */
  constructor(
    readonly learners: Learners,
    private readonly lessonId: () => string,
  ) {}

  /** Null: the question has not been touched. */
  of(step: LessonStep): AskedQuestion | null {
    return this.learners.progressOf(this.lessonId()).asked[step.id] ?? null;
  }

  /** Whether a step has a question that is still open. */
  isOpen(step: LessonStep | null | undefined): boolean {
    return step?.ask != null && this.of(step)?.isRevealed !== true;
  }

  /** Votes of the question, the latest last. */
  votes(step: LessonStep): readonly Vote[] {
    return this.of(step)?.votes ?? [];
  }

  /** How many have raised their hands in a vote. */
  static handsOf(vote: Vote | undefined): number {
    return vote?.counts.reduce((sum, each) => sum + each, 0) ?? 0;
  }

  /** What somebody chose who answers alone; null: nothing, or many hands. */
  choice(step: LessonStep): number | null {
    const vote = this.votes(step).at(-1);
    return vote && Answers.handsOf(vote) === 1 ? vote.counts.indexOf(1) : null;
  }

  private put(step: LessonStep, change: Partial<AskedQuestion>): void {
    const { ask } = step;
    if (!ask) return;
    const asked = {
      question: { ...ask.question },
      choices: ask.choices.map((choice) => ({ text: inEveryLanguage((_, language) => choice[language]), believes: choice.believes })),
      answer: ask.answer,
      votes: this.votes(step),
      isRevealed: this.of(step)?.isRevealed ?? false,
      ...change,
    };
    this.learners.setAsked(this.lessonId(), step.id, asked);
  }

  /** Somebody who answers alone has chosen: the answer is told. */
  choose(step: LessonStep, choice: number): void {
    if (!step.ask || !this.isOpen(step)) return;
    const counts = step.ask.choices.map((_, i) => (i === choice ? 1 : 0));
    this.put(step, { votes: [{ counts, timeMs: Date.now() }], isRevealed: true });
  }

  /** So many hands for a choice, in the vote that is going on. */
  setHands(step: LessonStep, choice: number, hands: number): void {
    if (!step.ask || !this.isOpen(step)) return;
    const before = this.votes(step);
    const going = before.at(-1);
    const counts = step.ask.choices.map((_, i) =>
      i === choice ? Math.min(LIMITS.hands, Math.max(0, Math.round(hands))) : (going?.counts[i] ?? 0),
    );
    this.put(step, { votes: [...before.slice(0, -1), { counts, timeMs: Date.now() }] });
  }

  raise(step: LessonStep, choice: number, by: number): void {
    this.setHands(step, choice, (this.votes(step).at(-1)?.counts[choice] ?? 0) + by);
  }

  /** After the discussion: another vote beside the one that was. */
  voteAgain(step: LessonStep): void {
    const votes = this.votes(step);
    if (!step.ask || !this.isOpen(step) || votes.length === 0 || votes.length >= LIMITS.votes) return;
    this.put(step, { votes: [...votes, { counts: step.ask.choices.map(() => 0), timeMs: Date.now() }] });
  }

  /** The right choice is told, chosen or not. A vote in which nobody raised a hand was none. */
  reveal(step: LessonStep): void {
    this.put(step, { votes: this.votes(step).filter((vote) => Answers.handsOf(vote) > 0), isRevealed: true });
  }

  get hasAny(): boolean {
    return Object.keys(this.learners.progressOf(this.lessonId()).asked).length > 0;
  }

  /** For the next time: every question of the lesson is asked again. */
  forget(): void {
    this.learners.setProgress(this.lessonId(), { asked: {} });
  }
}
