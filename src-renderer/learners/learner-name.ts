import { type Language, WORDS } from '../../assets/words/index';
import type { Learner } from '../../src-main/contract/index';

/** What a class or person is called: also one without a name is called something. */
export function learnerName({ name, isClass, id }: Pick<Learner, 'name' | 'isClass' | 'id'>, language: Language): string {
  const words = WORDS[language].learners;
  if (name !== '') return name;
  return isClass && id !== 'me' ? words.unnamed : words.me;
}
