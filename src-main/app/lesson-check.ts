/**
 * All that is wrong with a lesson and that only its runs can show: scenarios that cannot be used, steps without a place, proofs that do not
 * hold, cells that show nothing, homework whose facts are others, values that cannot be varied.
 */
import { dirname, join } from 'node:path';
import { fill, inEveryLanguage } from '../../assets/words/index';
import type { Lesson, LessonVary, ParsedLesson, Place } from '../formats/lesson';
import { parseScenario } from '../formats/scenario';
import { misreadOrder, misreadTable } from '../lessons/cells';
import { Evidence, proofsOf } from '../lessons/evidence';
import { unmet } from '../lessons/homework';
import { disproof, type Failure, failure, noPlace, pointless, withRows } from '../lessons/proofs';
import { placeText, saying, valueText } from '../lessons/shown';
import { varied } from '../lessons/vary';
import type { ModelAssets } from '../model/run/simulate';
import type { Scenario } from '../model/scenario';
import type { Json } from '../model/state';
import type { LessonFault } from '../contract/requests';
import type { Fault } from '../model/words';
import { Cancelled, KeptRun } from './kept-run';
import { hasLesson, scenarioOf } from './lesson-runs';
import { factsOf, pauses, witnessOf } from './lesson-witness';
import { readYamlFile } from './people-file';

type ReadLesson = Extract<ParsedLesson, { ok: true }>;

/** How a lesson is checked while a window shows it. */
export interface CheckBeside {
  /** A run that has been computed for the window, or is for the check. null: it cannot be had any more. */
  run: (name: string) => Promise<KeptRun | null>;
  /** Nobody wants to know any more: then the check throws Cancelled. */
  isGivenUp: () => boolean;
}

/** Takes its time in slices. `bundled`: the folder of the product's own lessons. */
export async function checkLesson(
  parsed: ReadLesson,
  file: string,
  assets: ModelAssets,
  bundled: string,
  beside: CheckBeside | null = null,
): Promise<{ faults: LessonFault[]; hints: Fault[] }> {
  const checker = new LessonChecker(parsed, file, assets, bundled, beside);
  await checker.checkAll();
  const byPlace = (a: Fault, b: Fault): number => (a.file === file && b.file === file ? a.line - b.line || a.column - b.column : 0);
  return { faults: checker.faults.sort(byPlace), hints: checker.hints };
}

class LessonChecker {
  readonly faults: LessonFault[] = [];
  readonly hints: Fault[] = [];
  private readonly lesson: Lesson;
  private readonly placeOf: (what: string) => Place;
  private readonly evidence = new Map<string, Evidence>();
  private readonly scenarios = new Map<string, Scenario>();
  /** Where each step stands in its run. */
  private readonly stops = new Map<string, number>();
  private readonly isGivenUp: () => boolean;

  constructor(
    { lesson, placeOf, hints }: ReadLesson,
    private readonly file: string,
    private readonly assets: ModelAssets,
    private readonly bundled: string,
    private readonly beside: CheckBeside | null,
  ) {
    this.lesson = lesson;
    this.placeOf = placeOf;
    this.hints.push(...hints);
    this.isGivenUp = () => beside?.isGivenUp() ?? false;
  }

  private fault(place: string, failed: Failure): void {
    this.faults.push({ file: this.file, ...this.placeOf(place), ...failed, ...this.ownerOf(place) });
  }

  /** Which step says it, and where below it; of what no step says: where in the file. */
  private ownerOf(place: string): Pick<LessonFault, 'step' | 'of'> {
    // Ids may have dots in them.
    const ids = this.lesson.steps.map(({ id }) => id).filter((id) => place === `steps.${id}` || place.startsWith(`steps.${id}.`));
    const step = ids.sort((a, b) => b.length - a.length)[0];
    return step === undefined ? { step: null, of: place } : { step, of: place.slice(`steps.${step}.`.length) || 'at' };
  }

  async checkAll(): Promise<void> {
    for (const name of Object.keys(this.lesson.runs)) await this.checkRun(name);
    await this.checkSteps();
    await this.checkHomework();
    for (const [i, id] of this.lesson.prerequisites.entries()) {
      if (await hasLesson(id, dirname(this.file), this.bundled)) continue;
      const message = saying((words) => fill(words.noLessonBefore, { id }));
      this.hints.push({ file: this.file, ...this.placeOf(`prerequisites[${i}]`), message, suggestion: null });
    }
  }

  private async checkRun(name: string): Promise<void> {
    const run = this.lesson.runs[name];
    if (!run) return;
    const found = await scenarioOf(run, dirname(this.file), this.bundled);
    if (!found.ok) {
      this.fault(`runs.${name}`, failure(found.why, found.suggestion));
      return;
    }
    // As it was typed: an absolute path says nothing more.
    const read = await this.scenario(run.kind === 'scenario' ? join(dirname(this.file), run.scenario) : found.file, `runs.${name}`);
    if (!read) return;
    run.vary.forEach((vary, i) => {
      this.checkVary(vary, read, `runs.${name}.vary[${i}]`);
    });
    const steps = this.lesson.steps.filter((step) => step.run === name);
    const kept = await this.kept(name, read.scenario, steps);
    const evidence = await Evidence.gather(this.lesson, name, witnessOf(kept, this.assets, this.isGivenUp));
    this.evidence.set(name, evidence);
    this.scenarios.set(name, read.scenario);
    let before: { id: string; n: number } | null = null;
    for (const { id, at } of steps) {
      const n = kept.places.get(id);
      if (n === undefined && at) this.fault(`steps.${id}`, this.lost(id, name, at, evidence));
      if (n === undefined) continue;
      this.stops.set(id, n);
      const earlier = before?.id ?? '';
      if (before && n < before.n)
        this.fault(`steps.${id}`, failure(saying((words) => fill(words.backwards, { id, before: earlier, run: name }))));
      before = { id, n };
    }
  }

  private async kept(name: string, scenario: Scenario, steps: Lesson['steps']): Promise<KeptRun> {
    if (!this.beside) return KeptRun.compute(scenario, this.assets, steps, () => undefined, this.isGivenUp);
    const kept = await this.beside.run(name);
    if (!kept || this.isGivenUp()) throw new Cancelled();
    return kept;
  }

  private lost(id: string, run: string, at: NonNullable<Lesson['steps'][number]['at']>, evidence: Evidence): Failure {
    const { occurrence: n } = at;
    const where = placeText({ ...at, occurrence: 1 });
    const message = inEveryLanguage(({ sim }) =>
      n > 1 ? fill(sim.noNthPlace, { id, run, n, where }) : fill(sim.noPlace, { id, run, where }),
    );
    const { suggestion, mend } = noPlace(run, at, evidence);
    const rows = evidence.rowsOf.get(at.fn);
    return failure(suggestion !== null || rows?.has(at.at) ? message : withRows(message, at.fn, rows), suggestion, mend);
  }

  private async scenario(path: string, place: string): Promise<{ scenario: Scenario; source: Json; file: string } | null> {
    const read = await readYamlFile(path);
    if (!read.ok) {
      this.fault(place, failure(read.fault.message));
      return null;
    }
    const parsed = parseScenario(read.text, path);
    if (!parsed.ok) {
      this.faults.push(...parsed.faults.map((fault) => ({ ...fault, step: null, of: place, mend: null })));
      return null;
    }
    this.hints.push(...parsed.hints);
    return { scenario: parsed.scenario, source: parsed.source, file: path };
  }

  private checkVary(
    { path, values }: LessonVary,
    { scenario, source, file }: { scenario: Scenario; source: Json; file: string },
    place: string,
  ): void {
    for (const [i, value] of values.entries()) {
      const found = valueText(value);
      const changed = varied(source, path, value);
      if (changed === null) {
        this.fault(place, failure(saying((words) => fill(words.varyPath, { path }))));
        return;
      }
      const parsed = parseScenario(JSON.stringify(changed), file);
      if (!parsed.ok) {
        const why = parsed.faults[0]?.message;
        const message = inEveryLanguage(({ lessonProof }, language) =>
          fill(lessonProof.varyValue, { path, found, why: why?.[language] ?? '' }),
        );
        this.fault(`${place}[${i}]`, failure(message));
      } else if (i === 0 && JSON.stringify(parsed.scenario) !== JSON.stringify(scenario))
        this.fault(`${place}[0]`, failure(saying((words) => fill(words.varyFirst, { found }))));
    }
  }

  /** What steps say of runs that could be had. */
  private async checkSteps(): Promise<void> {
    const pause = pauses(this.isGivenUp);
    const has = (...runs: string[]): boolean => runs.every((run) => this.evidence.has(run));
    for (const step of this.lesson.steps) {
      for (const { proof, place } of proofsOf(step)) {
        const paused = pause();
        if (paused) await paused;
        const failed = has(proof.run) ? disproof(proof, this.evidenceOf(proof.run)) : null;
        if (failed) this.fault(place, failed);
      }
      const scenario = this.scenarios.get(step.run);
      const n = this.stops.get(step.id);
      for (const [i, focus] of step.focus.entries()) {
        const failed = scenario && n !== undefined ? pointless(focus, scenario, this.evidenceOf(step.run).state(n)) : null;
        if (failed) this.fault(`steps.${step.id}.focus[${i}]`, failed);
      }
      const { activity } = step;
      const misread =
        activity?.kind === 'table' && has(...activity.columns.map(({ run }) => run))
          ? misreadTable(activity, (run) => this.evidenceOf(run))
          : activity?.kind === 'order' && has(activity.run)
            ? misreadOrder(activity, this.evidenceOf(activity.run))
            : [];
      for (const { place, ...failed } of misread)
        this.fault(`steps.${step.id}.${activity?.kind ?? ''}${place === '' ? '' : `.${place}`}`, failed);
    }
  }

  private evidenceOf(run: string): Evidence {
    const evidence = this.evidence.get(run);
    if (!evidence) throw new Error(`no evidence of the run ${run}`);
    return evidence;
  }

  private async checkHomework(): Promise<void> {
    const { homework } = this.lesson;
    if (!homework) return;
    const at = (file: string, place: string): ReturnType<LessonChecker['scenario']> => this.scenario(join(dirname(this.file), file), place);
    const given = await at(homework.scenario, 'homework');
    const done = homework.solution === null ? given : await at(homework.solution, 'homework.solution');
    if (!given || !done) return;
    for (const { path, ...failed } of unmet(await factsOf(done.scenario, this.assets, this.isGivenUp), homework.expect))
      this.fault(`homework.expect.${path.replace(/\.length$/, '')}`, failed);
  }
}
