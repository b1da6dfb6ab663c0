/** The guides that come with the product: a text for each reader and language, loaded when it is opened. */
import type { Language } from '../../assets/words/index';
import { formatsGuide } from './formats-guide';

const TEXTS = import.meta.glob<string>('../../assets/guides/*.md', { query: '?raw', import: 'default' });
/** Has both languages. */
const FORMATS = import.meta.glob<string>('../../src-main/formats/README.md', { query: '?raw', import: 'default' });

export const GUIDES = ['student', 'teacher', 'formats', 'developer'] as const;
export type GuideId = (typeof GUIDES)[number];

export const isGuide = (word: string): word is GuideId => GUIDES.some((each) => each === word);

/** Rejects where the guide is missing. */
export async function guideText(guide: GuideId, language: Language): Promise<string> {
  const [formats] = Object.values(FORMATS);
  if (guide === 'formats' && formats) return formatsGuide(await formats(), language);
  const load = TEXTS[`../../assets/guides/${guide}.${language}.md`];
  if (!load) throw new Error(`no guide ${guide} in ${language}`);
  return load();
}
