/** The guides that come with the product: a text for each reader and language, loaded when it is opened. */
import type { Language } from '../../assets/words/index';

const TEXTS = import.meta.glob<string>('../../assets/guides/*.md', { query: '?raw', import: 'default' });

export const GUIDES = ['student', 'teacher', 'developer'] as const;
export type GuideId = (typeof GUIDES)[number];

/** Rejects where the guide is missing. */
export async function guideText(guide: GuideId, language: Language): Promise<string> {
  const load = TEXTS[`../../assets/guides/${guide}.${language}.md`];
  if (!load) throw new Error(`no guide ${guide} in ${language}`);
  return load();
}
