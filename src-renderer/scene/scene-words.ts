/** The village for those who do not see it. Pure. */
import type { Language } from '../../assets/words/index';
import { told, word } from './glossary';
import type { Plan } from './scene-figures';

/** The picture in words, for those who do not see it. */
export function describe(plan: Plan, language: Language): string {
  const houses = plan.houses.map((each) => `${each.name} (${each.id}): ${word(`door.${each.door}`)[language]}`);
  const parents = plan.parents.map((each) => `${each.name} (${each.id}): ${word(`parent.${each.doing}`)[language]}`);
  return told(language, { figures: [...houses, ...parents].join('; '), orphans: plan.orphans, sleepers: plan.sleepers });
}
