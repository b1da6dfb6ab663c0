/** What each command of the window does, for the menu, the keys and the buttons alike. */
import { tick } from 'svelte';
import { fill, inEveryLanguage, nextLanguage } from '../../assets/words/index';
import { nextTheme, ofEachExport, ofEachView } from '../../src-main/contract/index';
import { bridge } from '../bridge';
import type Inspector from '../inspect/Inspector.svelte';
import type SearchRow from '../search/SearchRow.svelte';
import type { AppState } from '../stores/app.svelte';
import type { Search } from '../stores/search.svelte';
import type { Dialogs } from './dialogs.svelte';
import type { Actions } from './keyboard';
import type { Later } from './later.svelte';
import { keepingTyped } from './typed-early';
import type { WindowState } from './window-state.svelte';

/** What the actions act on. The parts that are functions are in the page, or not yet. */
export interface ActedOn {
  app: AppState;
  search: Search;
  shown: WindowState;
  dialogs: Dialogs;
  later: Later;
  inspector: () => Inspector | null;
  searchRow: () => SearchRow | null;
}

export function windowActions({ app, search, shown, dialogs, later, inspector, searchRow }: ActedOn): Actions {
  const { lesson, settings, notices, exporter, selection, experiment, own, layout } = app;

  /** Lets go of what is picked; else closes whatever can be closed; when nothing can, goes back from a scenario of one's own to the lesson. */
  function back(): void {
    if (shown.uncover()) return;
    if (notices.shown === null && (inspector()?.escape() || selection.clear())) return;
    if (shown.chosen === null && notices.shown === null) void lesson.backToLesson();
    shown.chosen = null;
    notices.close();
  }

  async function toggleExperiment(): Promise<void> {
    await later.load('bar');
    await experiment.toggle();
  }

  async function openSearch(): Promise<void> {
    if (shown.isTabbed) shown.chosen = 'timeline';
    const open = async (): Promise<void> => {
      await later.load('search');
      search.isOpen = true;
      await tick();
      await searchRow()?.focus();
    };
    await keepingTyped(open, (text) => searchRow()?.take(text));
  }

  /** In words there is nothing else to look at: what is read next is the lesson's text. */
  async function readOn(went: Promise<unknown>): Promise<void> {
    await went;
    if (!settings.isInWords) return;
    await tick();
    shown.goTo('text');
  }

  /** Of the thing whose card is shown, at the card's step; else of what is selected or pointed at. When that is answered already: no longer. */
  async function why(): Promise<void> {
    const isShown = shown.runtimeTab.shown === 'why';
    const about = inspector()?.askedAbout(!isShown) ?? null;
    const n = about?.n ?? lesson.playback.n;
    const isAnswered = isShown && selection.path === about?.path && n === lesson.playback.n;
    if (about === null || isAnswered) {
      shown.toggleRuntime('why');
      return;
    }
    // Nothing is asked of the step that is left.
    if (n !== lesson.playback.n) await lesson.jump(n);
    selection.path = about.path;
    shown.showRuntime('why');
  }

  async function copyLink(): Promise<void> {
    const { moment } = lesson;
    const link = moment && notices.told(await bridge.copyLink(moment));
    if (link !== null) notices.good(inEveryLanguage((said) => fill(said.window.linkCopied, { link })));
  }

  return {
    ...dialogs.actions,
    palette: () => keepingTyped(dialogs.actions.palette, (text) => dialogs.part('palette')?.write(text)),
    bookmark: () =>
      keepingTyped(
        async () => (await dialogs.ready('bookmarks')).mark(),
        (text) => dialogs.part('bookmarks')?.write(text),
      ),
    gallery: () => keepingTyped(dialogs.actions.gallery, (text) => dialogs.part('gallery')?.write(text)),
    play: () => lesson.togglePlay(),
    stepForward: () => lesson.one('forward'),
    stepBack: () => lesson.one('back'),
    lessonNext: () => readOn(lesson.lessonNext()),
    lessonPrevious: () => readOn(lesson.lessonPrev()),
    toStart: () => lesson.jump(0),
    // Of the run that is open by then: another may be on its way.
    toEnd: () => lesson.jump(Infinity),
    placeBack: () => lesson.placeBack(),
    placeOn: () => lesson.placeOn(),
    search: openSearch,
    copyLink,
    searchNext: () => search.go('next'),
    searchPrevious: () => search.go('previous'),
    faster: () => {
      lesson.changeSpeed(2);
    },
    slower: () => {
      lesson.changeSpeed(0.5);
    },
    ...ofEachView((view) => () => {
      shown.choose(view);
    }),
    resetLayout: () => {
      layout.reset();
      shown.showAll();
    },
    lessonText: () => {
      shown.goTo('text');
    },
    timeline: () => {
      shown.goTo('timeline');
    },
    allViews: () => {
      shown.showAll();
    },
    back,
    language: () => {
      settings.setLanguage(nextLanguage(settings.language));
    },
    theme: () => {
      settings.setTheme(nextTheme(settings.shownTheme));
    },
    lightTheme: () => {
      settings.setTheme('light');
    },
    darkTheme: () => {
      settings.setTheme('dark');
    },
    projectorTheme: () => {
      settings.setTheme('projector');
    },
    openScenario: () => lesson.openScenario(),
    openLesson: () => own.open(),
    newLesson: () => own.create(),
    ...ofEachExport((id) => () => exporter.data(id)),
    experiment: toggleExperiment,
    inspector: () => inspector()?.toggle(),
    previousChange: () => inspector()?.leap('previous'),
    nextChange: () => inspector()?.leap('next'),
    blank: () => {
      shown.toggleBlank();
    },
    presenter: async () => void notices.told(await bridge.togglePresenter({})),
    spotlight: () => {
      shown.isSpot = !shown.isSpot;
    },
    reading: () => {
      shown.toggleReading();
    },
    inWords: () => {
      settings.toggleInWords();
    },
    letterKeys: () => {
      settings.toggleLetterKeys();
    },
    restart: () => lesson.restart(),
    events: () => {
      shown.toggleRuntime('events');
    },
    why,
  };
}
