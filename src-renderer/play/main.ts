/** The script of a page that plays: unpacks the page's data and shows it. One file that fetches nothing. */
import '../window/app.css';
import '../window/sheet.css';
import '../window/forced-colors.css';
import '../lesson/latin-quotes.css';
import './play.css';
import { inflateSync } from 'fflate';
import { mount } from 'svelte';
import { fill, inEveryLanguage, LANGUAGES, WORDS } from '../../assets/words/index';
import { fromPlayBytes, PLAY_DATA_ID, type PlayFile } from '../../src-main/contract/index';
import { ownLetters } from '../window/letters';
import { page } from './offline-bridge';
import { PlayState } from './play-state.svelte';
import PlayPage from './PlayPage.svelte';
import { type Framed, Platform } from './scorm-api';

function dataOf(id: string): Uint8Array {
  const packed = document.getElementById(id)?.textContent ?? '';
  return inflateSync(Uint8Array.from(atob(packed), (sign) => sign.charCodeAt(0)));
}

function show(target: HTMLElement): void {
  const file = fromPlayBytes(dataOf(PLAY_DATA_ID)) as PlayFile;
  page.file = file;
  const platform = file.platform && Platform.find(file.platform, window as unknown as Framed);
  const play = new PlayState(file, platform);
  addEventListener('pagehide', () => {
    play.end();
  });
  mount(PlayPage, { target, props: { play } });
}

function tell(target: HTMLElement, error: unknown): void {
  console.error(error);
  const why = error instanceof Error ? error.message : String(error);
  const told = inEveryLanguage((words) => fill(words.play.page.damaged, { why }));
  for (const language of LANGUAGES) {
    const line = document.createElement('p');
    line.lang = WORDS[language].language.tag;
    line.textContent = told[language];
    target.append(line);
  }
}

const target = document.getElementById('app');
if (!target) throw new Error('the page has no #app');
// The lanes are painted once: names that are painted before their font is there stay boxes on a computer that has no other one for them.
void ownLetters().then(() => {
  try {
    show(target);
  } catch (error) {
    tell(target, error);
  }
});
