import './window/app.css';
import './window/sheet.css';
import './window/forced-colors.css';
import { mount } from 'svelte';
import { FILM_HASH, PICTURE_HASH, PRESENTER_HASH } from '../src-main/contract/index';
import App from './window/App.svelte';

/**
 * For characters that only a file of one's own brings. With its faces Chromium lays out all text again (some 130 ms for the first lesson), so that
 * the window takes it when its first picture has been painted.
 */
const wholeFont = (): Promise<unknown> => import('@fontsource-variable/noto-sans-sc');

/** No top-level await: parts that are loaded later import this file's chunk, and would wait for it while it waits for them. */
async function show(target: HTMLElement): Promise<void> {
  // Both weights first: text that is laid out before its font is there is laid out twice, and asks for the whole font as well.
  await Promise.allSettled([document.fonts.load('400 16px "Schedville Sans"'), document.fonts.load('700 16px "Schedville Sans"')]);
  // The teacher's window is the same page with another part, and so is the one that draws pictures for files.
  if (location.hash === PRESENTER_HASH) {
    mount((await import('./present/Presenter.svelte')).default, { target });
    requestIdleCallback(() => void wholeFont());
  } else if (location.hash === FILM_HASH) {
    void (await import('./film/film-page')).serveFilms();
    requestIdleCallback(() => void wholeFont());
  } else if (location.hash === PICTURE_HASH) {
    // All letters before the first picture: whatever comes later would be missing in it.
    await wholeFont();
    mount((await import('./picture/PicturePage.svelte')).default, { target });
  } else mount(App, { target, props: { wholeFont } });
}

const target = document.getElementById('app');
if (!target) throw new Error('index.html has no #app');
void show(target);
