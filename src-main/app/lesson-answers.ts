/** The answers of a lesson's steps, read from its runs when they are asked for. */
import { fill } from '../../assets/words/index';
import type { StepAnswers } from '../contract/requests';
import type { Lesson } from '../formats/lesson';
import { cellsOf, misreadOrder, misreadTable, orderOf } from '../lessons/cells';
import { Evidence, proofsOf, runsFor, type WitnessedRun } from '../lessons/evidence';
import { disproof } from '../lessons/proofs';
import type { Result } from '../model/words';
import { done, refuse } from './refusal';

export class LessonAnswers {
  /** What each run has of what the lesson asks of it. */
  private readonly evidence = new Map<string, Promise<Result<Evidence>>>();

  /** `witness`: computes the run, unless it has been. */
  constructor(
    private readonly lesson: Lesson,
    private readonly witness: (run: string) => Promise<Result<WitnessedRun>>,
  ) {}

  private evidenceOf(run: string): Promise<Result<Evidence>> {
    const known = this.evidence.get(run) ?? this.gather(run);
    this.evidence.set(run, known);
    return known;
  }

  private async gather(run: string): Promise<Result<Evidence>> {
    const witness = await this.witness(run);
    if (witness.ok) return done(await Evidence.gather(this.lesson, run, witness.value));
    // It may be tried again.
    this.evidence.delete(run);
    return witness;
  }

  async of(id: string): Promise<Result<StepAnswers>> {
    const step = this.lesson.steps.find((each) => each.id === id);
    if (!step) return refuse((words) => fill(words.noSuchStep, { step: id }));
    const found = new Map<string, Evidence>();
    for (const run of runsFor(step)) {
      const evidence = await this.evidenceOf(run);
      if (!evidence.ok) return evidence;
      found.set(run, evidence.value);
    }
    const evidenceOf = (run: string): Evidence => {
      const evidence = found.get(run);
      if (!evidence) throw new Error(`no evidence of the run ${run}`);
      return evidence;
    };
    const { activity } = step;
    const failed = proofsOf(step).flatMap(({ proof }) => disproof(proof, evidenceOf(proof.run)) ?? []);
    if (activity?.kind === 'table') failed.push(...misreadTable(activity, evidenceOf));
    if (activity?.kind === 'order') failed.push(...misreadOrder(activity, evidenceOf(activity.run)));
    return done({
      cells: activity?.kind === 'table' ? cellsOf(activity, evidenceOf) : [],
      order: activity?.kind === 'order' ? orderOf(activity, evidenceOf(activity.run)) : [],
      faults: failed.map(({ message }) => message),
    });
  }
}
