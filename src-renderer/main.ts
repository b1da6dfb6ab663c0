import './window/app.css';
import './window/projector.css';
import './window/sheet.css';
import './window/forced-colors.css';
import { mount } from 'svelte';
import { FILM_HASH, PICTURE_HASH, PRESENTER_HASH } from '../src-main/contract/index';
import { AppState } from './stores/app.svelte';
import App from './window/App.svelte';
import { ownLetters } from './window/letters';

/**
 * For characters that only a file of one's own brings. With its faces Chromium lays out all text again (some 130 ms for the first lesson), so that
 * the window takes it when its first picture has been painted.
 */
const wholeFont = (): Promise<unknown> => import('@fontsource-variable/noto-sans-sc');

/** A page that has to wait longer for what it begins with says so meanwhile. */
const PATIENCE_MS = 100;

/** With what it begins with in hand the window is drawn once. */
async function showWindow(target: HTMLElement, fonts: Promise<unknown>): Promise<void> {
  const app = new AppState();
  const started = app.start();
  await fonts;
  await Promise.race([started, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
  mount(App, { target, props: { app, started, wholeFont } });
}

/** No top-level await: parts that are loaded later import this file's chunk, and would wait for it while it waits for them. */
async function show(target: HTMLElement): Promise<void> {
  const fonts = ownLetters();
  // The teacher's window is the same page with another part, and so is the one that draws pictures for files.
  if (location.hash === PRESENTER_HASH) {
    await fonts;
    mount((await import('./present/Presenter.svelte')).default, { target });
    requestIdleCallback(() => void wholeFont());
  } else if (location.hash === FILM_HASH) {
    await fonts;
    void (await import('./film/film-page')).serveFilms();
    requestIdleCallback(() => void wholeFont());
  } else if (location.hash === PICTURE_HASH) {
    await fonts;
    // All letters before the first picture: whatever comes later would be missing in it.
    await wholeFont();
    mount((await import('./picture/PicturePage.svelte')).default, { target });
  } else await showWindow(target, fonts);
}

const target = document.getElementById('app');
if (!target) throw new Error('index.html has no #app');
void show(target);
