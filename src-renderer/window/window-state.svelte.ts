/** What of the window is shown at the moment: which view is large, which tab is in front, what lies over it. */
import type { View } from '../../src-main/contract/index';
import { bridge } from '../bridge';
import type { AppState } from '../stores/app.svelte';
import { RuntimeTab, type RuntimeTabName } from '../stores/runtime-tab.svelte';
import { type WindowSize, hasMenu, hasTabs, heightClassOf, isView, shownTab, type Tab } from './layout';

function measured(): WindowSize {
  return { widthPx: innerWidth, heightPx: innerHeight, zoom: bridge.zoomFactor() };
}

export class WindowState {
  /** What the person wants to see large: alone among the views, or in front of all the other tabs. Null: nothing in particular. */
  chosen = $state<Tab | null>(null);
  /** The lesson's text alone, large and in two columns. */
  isReading = $state(false);
  /** The class looks at the teacher. */
  isBlank = $state(false);
  isSpot = $state(false);
  /** There is a teacher's window. */
  isPresented = $state(false);
  readonly runtimeTab = new RuntimeTab();
  /** Ten em of the small type, as the page has laid them out. */
  tenEmPx = $state(133);
  private now = $state.raw(measured());

  readonly textPx = $derived(this.tenEmPx / 10);
  readonly heightClass = $derived(heightClassOf(this.now));
  readonly isTabbed = $derived(hasTabs(this.now));
  readonly room = $derived(this.isTabbed ? 'least' : hasMenu(this.now, this.textPx) ? 'often' : 'all');
  readonly enlarged: View | null = $derived(this.chosen !== null && isView(this.chosen) ? this.chosen : null);
  /** Where the timeline begins, in percent of the window's height. */
  readonly timePercent: number = $derived.by(() => this.app.layout.percent(this.heightClass, 'timeline'));
  /** Until there is a run, its place says how far it is. */
  readonly tab: Tab = $derived.by(() => {
    const { lesson, selection } = this.app;
    if (lesson.playback.after === null) return 'village';
    return shownTab(this.isReading ? 'text' : this.chosen, selection.focus, lesson.pending !== null);
  });
  /** The view that has all the room; null: all have some. */
  readonly alone: View | null = $derived.by(() => (this.isTabbed && isView(this.tab) ? this.tab : this.enlarged));
  readonly hasViews: boolean = $derived.by(() => (this.isTabbed ? isView(this.tab) : !this.isReading));
  /** The state in words in the place of the pictures. Tables, events and reasons are words anyway. */
  readonly areWords: boolean = $derived.by(
    () =>
      this.app.settings.isInWords &&
      (this.isTabbed ? this.tab === 'village' : !this.isReading && (this.enlarged ?? 'village') === 'village'),
  );

  constructor(private readonly app: AppState) {}

  get size(): WindowSize {
    return this.now;
  }

  /** The window has another size, or another zoom. */
  readonly measure = (): void => {
    this.now = measured();
  };

  /** Of tabs one is always shown; a view that has all the room gives it back by the same key. */
  choose(wanted: Tab): void {
    this.isReading = false;
    this.chosen = !this.isTabbed && this.chosen === wanted ? null : wanted;
  }

  /** Nothing has more room than the window's division gives it. */
  showAll(): void {
    this.chosen = null;
    this.isReading = false;
  }

  /** Beside the views these have their own place, where the keyboard goes then. */
  goTo(part: 'text' | 'timeline'): void {
    if (this.isTabbed) this.choose(part);
    else document.querySelector<HTMLElement>(part === 'text' ? '[data-testid=lesson-step]' : '[data-testid=timeline]')?.focus();
  }

  toggleRuntime(wanted: RuntimeTabName): void {
    this.showRuntime(this.runtimeTab.shown === wanted ? 'rows' : wanted);
  }

  showRuntime(wanted: RuntimeTabName): void {
    this.runtimeTab.shown = wanted;
    if (this.isTabbed || this.app.settings.isInWords) this.chosen = 'runtime';
    else if (this.enlarged !== 'runtime') this.chosen = null;
  }

  toggleReading(): void {
    const wanted = !this.isReading;
    if (this.isTabbed) this.choose('text');
    this.isReading = wanted;
  }

  toggleBlank(): void {
    if (!this.isBlank) this.app.lesson.playback.pause();
    this.isBlank = !this.isBlank;
  }

  /** Out of what lies over the window, or of large text. False: there was nothing of the kind. */
  uncover(): boolean {
    if (!this.isSpot && !this.isReading) return false;
    this.isSpot = this.isReading = false;
    return true;
  }
}
