/** What stands in the gallery: ready scenarios, each under the phenomenon that it shows. Pure. */
import type { Language, Text } from '../../src-main/contract/index';

export interface Exhibit {
  /** Kept in the person's file: it stays when its scenario is called otherwise. */
  id: string;
  /** Its scenario, as files.ts names it: `golden/S2`, `lessons/01-hunting/noroom`. */
  file: string;
  /** What it raises. */
  question: Text;
  /** What to look for. */
  look: Text;
  /** The answer: shown when the run has been played to its end, not before. */
  ending: Text;
  /** True of a step of its run, as a search says it: that the ending is so. */
  proof: string;
}

export interface Phenomenon {
  id: string;
  title: Text;
  /** True of a step of each of its runs, as a search says it. The picture is drawn where it is true first. */
  is: string;
  /** How each of its runs ends; left out: not part of what it is. */
  outcome?: 'deadlock' | 'fatal' | 'panic';
  exhibits: readonly Exhibit[];
}

/** Two languages side by side. */
export const said = (zh: string, en: string): Readonly<Record<Language, string>> => ({ zh, en });
