/** How the files of a lesson, or of a scenario of one's own, begin. Pure. */
import type { OpenedLesson } from '../../src-main/contract/index';

/** `scenario`: its id. */
export function stemOf(opened: OpenedLesson | null, scenario: string | undefined): string {
  const id = opened?.lesson.id ?? '';
  return opened?.stem ?? (id === '' ? (scenario ?? 'run') : id);
}
