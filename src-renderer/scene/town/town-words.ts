/** A house of a large village in words: below it, and for those who do not see it. Pure. */
import type { Language } from '../../../assets/words/index';
import { saysOfHouse } from './card-lines';
import type { TownHouse } from './town';

export const saidOf = (house: TownHouse, language: Language): string => saysOfHouse(house, language)[0] ?? '';
