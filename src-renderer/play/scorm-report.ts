/** What is reported to a learning platform, and what it returns at the next visit. Pure but for the platform. */
import { inEveryLanguage } from '../../assets/words/index';
import { type LessonProgress, type LessonStep, PLAY_PASS_PERCENT, type Settings } from '../../src-main/contract/index';
import { choiceOf, scoreOf } from './score';
import type { Platform } from './scorm-api';

export interface Learned {
  progress: LessonProgress;
  place: Settings['place'];
}

/** Choices as the standard writes them: a, b, c. */
const letterOf = (choice: number): string => String.fromCharCode(97 + (choice % 26));
const two = (value: number): string => String(value).padStart(2, '0');

/** A duration in the form of SCORM 1.2: 0012:05:09.30. */
function clock12(ms: number): string {
  const hundredths = Math.round(ms / 10);
  const [hours, minutes] = [Math.floor(hundredths / 360_000), Math.floor(hundredths / 6_000) % 60];
  return `${String(Math.min(hours, 9_999)).padStart(4, '0')}:${two(minutes)}:${two(Math.floor(hundredths / 100) % 60)}.${two(hundredths % 100)}`;
}

/** A duration in the form of SCORM 2004 (ISO 8601): PT12H5M9S. */
function clock2004(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  return `PT${Math.floor(seconds / 3_600)}H${Math.floor(seconds / 60) % 60}M${seconds % 60}S`;
}

/** Progress and place as short text: SCORM 1.2 has room for 4,096 characters. Steps are given by their indexes. */
export function kept({ progress, place }: Learned, steps: readonly LessonStep[]): string {
  const seen = steps.flatMap(({ id }, i) => (progress.seen.includes(id) ? [i] : []));
  const answers = steps.flatMap(({ id }, i) => (progress.asked[id]?.isRevealed ? [[i, choiceOf(progress.asked[id]) ?? -1]] : []));
  return JSON.stringify({ v: 1, of: steps.length, p: place && [place.run, place.n], s: seen, a: answers });
}

const isNumber = (value: unknown): value is number => Number.isInteger(value);

/** Reads what `kept` wrote. null: nothing, or of another version of the lesson. Never throws. */
export function restored(text: string, lesson: string, steps: readonly LessonStep[]): Learned | null {
  try {
    const { v, of, p, s, a } = JSON.parse(text) as Record<string, unknown>;
    if (v !== 1 || of !== steps.length || !Array.isArray(s) || !Array.isArray(a)) return null;
    const asked: Record<string, LessonProgress['asked'][string]> = {};
    for (const [at, choice] of a as unknown[][]) {
      const step = isNumber(at) ? steps[at] : undefined;
      if (!step?.ask || !isNumber(choice)) return null;
      const { question, choices, answer } = step.ask;
      asked[step.id] = {
        question,
        choices: choices.map((each) => ({ text: inEveryLanguage((_, language) => each[language]), believes: each.believes })),
        answer,
        votes: choice < 0 ? [] : [{ counts: choices.map((_, i) => (i === choice ? 1 : 0)), timeMs: 0 }],
        isRevealed: true,
      };
    }
    const [run, n] = Array.isArray(p) ? (p as unknown[]) : [];
    return {
      progress: { seen: s.flatMap((i) => (isNumber(i) ? (steps[i]?.id ?? []) : [])), asked },
      place: typeof run === 'string' && isNumber(n) ? { lesson, run, n } : null,
    };
  } catch {
    return null;
  }
}

/** One visit of a lesson on a platform. */
export class Visit {
  /** For each question, by its step's id, its last interaction. */
  private readonly told = new Map<string, { at: number; choice: number | null }>();
  private next: number;

  /** `nowMs`: a monotonic clock. `today`: date and time in ISO 8601 with a fraction, which the standard requires with a zone: 2026-11-28T22:05:09.12Z. */
  constructor(
    private readonly platform: Platform,
    private readonly lesson: string,
    private readonly steps: readonly LessonStep[],
    private readonly nowMs: () => number,
    private readonly today: () => string,
  ) {
    this.next = Number(platform.get('cmi.interactions._count')) || 0;
    this.beganMs = nowMs();
    const state = platform.get(this.is12 ? 'cmi.core.lesson_status' : 'cmi.completion_status');
    if (state === 'not attempted' || state === 'unknown' || state === '') this.setState('incomplete');
  }

  private readonly beganMs: number;

  private get is12(): boolean {
    return this.platform.version === 'scorm12';
  }

  private setState(state: string): void {
    this.platform.set(this.is12 ? 'cmi.core.lesson_status' : 'cmi.completion_status', state);
  }

  /** Progress and place of the last visit. null: there was none, or in another version of the lesson. */
  get before(): Learned | null {
    return restored(this.platform.get('cmi.suspend_data'), this.lesson, this.steps);
  }

  /** The percentage needed to pass: the platform's, else ours. */
  private get pass(): number {
    const { platform } = this;
    const said = this.is12 ? platform.get('cmi.student_data.mastery_score') : platform.get('cmi.scaled_passing_score');
    return said === '' || Number.isNaN(Number(said)) ? PLAY_PASS_PERCENT : this.is12 ? Number(said) : 100 * Number(said);
  }

  /** Reports everything that is known now. The platform's first refusal; null: it accepted everything. */
  report(learned: Learned): string | null {
    const { platform, steps, is12 } = this;
    const score = scoreOf(steps, learned.progress);
    const percent = score.questions === 0 ? 100 : Math.round((100 * score.right) / score.questions);
    const core = is12 ? 'cmi.core' : 'cmi';
    this.answer(learned.progress);
    if (score.answered > 0 || score.isDone) {
      platform.set(`${core}.score.raw`, String(percent));
      platform.set(`${core}.score.min`, '0');
      platform.set(`${core}.score.max`, '100');
      if (!is12) platform.set('cmi.score.scaled', String(percent / 100));
    }
    const isPassed = percent >= this.pass;
    if (is12) {
      if (score.isDone) this.setState(score.questions === 0 ? 'completed' : isPassed ? 'passed' : 'failed');
    } else {
      this.setState(score.isDone ? 'completed' : 'incomplete');
      platform.set('cmi.progress_measure', String(Math.round((100 * score.seen) / Math.max(1, score.steps)) / 100));
      if (score.isDone) platform.set('cmi.success_status', isPassed ? 'passed' : 'failed');
    }
    const { place } = learned;
    if (place) platform.set(is12 ? 'cmi.core.lesson_location' : 'cmi.location', `${place.run}:${place.n}`);
    platform.set('cmi.suspend_data', kept(learned, steps));
    platform.set(`${core}.session_time`, (is12 ? clock12 : clock2004)(this.nowMs() - this.beganMs));
    // The next visit goes on here, even when the lesson is finished.
    platform.set(`${core}.exit`, 'suspend');
    platform.commit();
    const { refused } = platform;
    platform.refused = null;
    return refused;
  }

  /** The choice at each question as an interaction, for teachers who look at single answers. */
  private answer({ asked }: LessonProgress): void {
    for (const { id, ask } of this.steps) {
      const choice = choiceOf(asked[id]);
      if (!ask || !asked[id]?.isRevealed || choice === null) continue;
      const before = this.told.get(id);
      if (before?.choice === choice) continue;
      const at = this.next++;
      this.told.set(id, { at, choice });
      const isRight = choice === ask.answer;
      const set = (name: string, value: string): void => {
        this.platform.set(`cmi.interactions.${at}.${name}`, value, true);
      };
      set('id', id);
      set('type', 'choice');
      if (this.is12) set('time', this.today().slice(11, 19));
      else {
        set('timestamp', this.today());
        set('description', ask.question.en.slice(0, 240));
      }
      set('correct_responses.0.pattern', letterOf(ask.answer));
      set(this.is12 ? 'student_response' : 'learner_response', letterOf(choice));
      set('result', isRight ? 'correct' : this.is12 ? 'wrong' : 'incorrect');
    }
  }

  /** Answers of an earlier visit are not reported again. */
  know({ progress }: Learned): void {
    for (const { id } of this.steps) {
      const choice = choiceOf(progress.asked[id]);
      if (choice !== null) this.told.set(id, { at: -1, choice });
    }
  }

  end(): void {
    this.platform.end();
  }
}
