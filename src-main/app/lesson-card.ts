/** What the course page shows of a lesson before it is opened. */
import type { LessonCard } from '../contract/requests';
import type { Lesson } from '../formats/lesson';

export function cardOf(lesson: Lesson): LessonCard {
  const { id, language, title, sources, documents, goals, prerequisites, minutes, terms, steps } = lesson;
  const activities = steps.flatMap(({ activity }) => activity ?? []);
  const refutes = steps.flatMap(({ id: step, ask }) =>
    (ask?.choices ?? []).flatMap(({ believes }) => (believes === null ? [] : [{ belief: believes, step }])),
  );
  const claimed = activities.flatMap((each) => (each.kind === 'claim' && each.erratum !== null ? [each.erratum] : []));
  return {
    id,
    ...(language === null ? {} : { language }),
    title,
    sources,
    documents,
    goals,
    prerequisites,
    minutes,
    terms,
    steps: steps.length,
    questions: steps.filter(({ ask }) => ask !== null).length,
    activities: activities.length,
    errata: once([...steps.flatMap(({ errata }) => errata.map((each) => each.id)), ...claimed]),
    misconceptions: once(refutes.map(({ belief }) => belief)),
    refutes: refutes.filter(({ belief }, i) => refutes.findIndex((each) => each.belief === belief) === i),
  };
}

const once = (words: readonly string[]): string[] => [...new Set(words)].sort();
