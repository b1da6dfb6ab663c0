/** What the teacher's window shows, in the language that is shown: of the step before the class, and of what comes after it. */
import {
  type AskedQuestion,
  type Language,
  type Lesson,
  type LessonStep,
  LIMITS,
  type PresentedQuestion,
  type PresenterView,
} from '../../src-main/contract/index';

/** Where the class is. */
export interface ClassPlace {
  lesson: Lesson | null;
  /** The step whose text, or whose question, is shown. */
  shown: LessonStep | null;
  /** Its question stands before it: of the step itself nothing has been told. */
  isPending: boolean;
  /** What has been thought of its question; null: nothing yet. */
  asked: AskedQuestion | null;
  isClass: boolean;
  /** What is told next, and whether a question comes first. */
  next: LessonStep | null;
  isNextAsked: boolean;
}

export type Around = Pick<PresenterView, 'language' | 'theme' | 'clock' | 'isPlaying' | 'isBlank' | 'hasLetterKeys' | 'page' | 'status'>;

const cut = (text: string): string => text.slice(0, LIMITS.presentedCharacters);

export function presenterView(place: ClassPlace, around: Around): PresenterView {
  const { lesson, shown, isPending } = place;
  const { language } = around;
  const steps = lesson?.steps ?? [];
  const next = isPending ? shown : place.next;
  return {
    ...around,
    lesson: {
      title: cut(lesson?.title[language] ?? ''),
      language: lesson?.language ?? null,
      minutes: lesson?.minutes ?? null,
      steps: steps.length,
    },
    step: shown && {
      number: steps.indexOf(shown) + 1,
      title: cut(shown.title[language]),
      minutes: shown.minutes,
      notes: shown.notes && cut(shown.notes[language]),
      plannedMinutes: plannedMinutes(steps, steps.indexOf(shown)),
    },
    question: shown && questionOf(shown, place, language),
    next: next && {
      title: cut(next.title[language]),
      story: cut(next.story[language]),
      technical: cut(next.technical[language]),
      question: !isPending && place.isNextAsked && next.ask ? cut(next.ask.question[language]) : null,
    },
  };
}

/** Minutes planned up to the end of a step; null where nobody has planned any. */
function plannedMinutes(steps: readonly LessonStep[], at: number): number | null {
  if (steps.every(({ minutes }) => minutes === null)) return null;
  return steps.slice(0, at + 1).reduce((sum, { minutes }) => sum + (minutes ?? 0), 0);
}

function questionOf({ ask }: LessonStep, { asked, isClass }: ClassPlace, language: Language): PresentedQuestion | null {
  if (!ask) return null;
  return {
    question: cut(ask.question[language]),
    choices: ask.choices.map((choice, i) => ({
      text: cut(choice[language]),
      why: choice.why && cut(choice.why[language]),
      hands: (asked?.votes ?? []).map(({ counts }) => counts[i] ?? 0),
    })),
    answer: ask.answer,
    because: cut(ask.because[language]),
    isOpen: asked?.isRevealed !== true,
    isClass,
  };
}
