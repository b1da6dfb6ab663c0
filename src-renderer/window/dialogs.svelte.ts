/** The window's dialogs, one row each. Each is loaded when it is first opened: the lesson need not wait for it. */
import { type Component, tick } from 'svelte';
import type { Language } from '../../assets/words/index';
import type { CommandId } from '../../src-main/contract/index';
import type { AppState } from '../stores/app.svelte';
import { takeFocus } from './first-focus';
import type { Actions, Overlay } from './keyboard';

/** What a dialog may be given. It takes what it needs. */
export interface DialogProps extends Pick<AppState, 'lesson' | 'settings' | 'notices' | 'own' | 'experiment' | 'bookmarks' | 'selection'> {
  language: Language;
  actions: Actions;
  /** Commands that mean nothing now. */
  disabled: readonly string[];
  /** Something has been run to its end in the playground; true: that was a lesson's task. */
  onran: AppState['lesson']['activities']['ran'];
}

interface Dialog {
  isOpen(): boolean;
  /** Opens it, or closes it. */
  toggle(): unknown;
}

interface Row {
  load: () => Promise<{ default: Component<DialogProps, Dialog> }>;
  /** The run goes on behind it. */
  isBesideRun?: true;
  /** Has keys of its own, that of its own command among them. */
  hasOwnKeys?: true;
}

/** By the command that opens it, in the order in which they lie over each other. */
const ROWS = {
  playground: { load: () => import('../playground/Playground.svelte'), hasOwnKeys: true },
  palette: { load: () => import('../palette/Palette.svelte'), isBesideRun: true },
  course: { load: () => import('../course/CoursePage.svelte') },
  // Whatever is typed there is looked for.
  gallery: { load: () => import('../gallery/Gallery.svelte'), hasOwnKeys: true },
  bookmarks: { load: () => import('../bookmarks/BookmarksDialog.svelte') },
  papers: { load: () => import('../picture/PaperDialog.svelte') },
  playable: { load: () => import('../picture/PlayDialog.svelte') },
  film: { load: () => import('../film/FilmDialog.svelte') },
  exportPicture: { load: () => import('../picture/PictureDialog.svelte') },
  simplified: { load: () => import('../experiments/Simplified.svelte') },
  help: { load: () => import('./Help.svelte'), isBesideRun: true },
  cast: { load: () => import('./Cast.svelte'), isBesideRun: true },
  learners: { load: () => import('../learners/Learners.svelte'), isBesideRun: true },
  lessonCheck: { load: () => import('../lesson/LessonCheck.svelte') },
  exercises: { load: () => import('./Exercises.svelte') },
} satisfies Partial<Record<CommandId, Row>>;

export type DialogId = keyof typeof ROWS;
type Part<Id extends DialogId> = ReturnType<Awaited<ReturnType<(typeof ROWS)[Id]['load']>>['default']>;

export const DIALOG_IDS = Object.keys(ROWS) as DialogId[];

export class Dialogs {
  /** Those that have been loaded. */
  views = $state.raw<Partial<Record<DialogId, Component<DialogProps, Dialog>>>>({});
  /** Those that are in the page, by which they are opened. */
  readonly parts: Partial<Record<DialogId, Dialog>> = {};

  constructor(private readonly pause: () => void) {}

  /** Toggles for the command table. */
  readonly actions = Object.fromEntries(DIALOG_IDS.map((id) => [id, () => this.toggle(id)])) as Record<DialogId, () => Promise<void>>;

  async toggle(id: DialogId): Promise<void> {
    await (await this.ready(id)).toggle();
    await tick();
    takeFocus();
  }

  /** The dialog, loaded and in the page, to be opened otherwise than by its command. */
  async ready<Id extends DialogId>(id: Id): Promise<Part<Id>> {
    const row: Row = ROWS[id];
    if (!row.isBesideRun) this.pause();
    if (!this.views[id]) {
      const view = (await row.load()).default;
      this.views = { ...this.views, [id]: view };
      await tick();
    }
    const part = this.part(id);
    if (!part) throw new Error(`the dialog ${id} is not in the page`);
    return part;
  }

  /** Null: not in the page yet. */
  part<Id extends DialogId>(id: Id): Part<Id> | null {
    // The view of an id is what its row has loaded.
    return (this.parts[id] as Part<Id> | undefined) ?? null;
  }

  /** Whichever is open and has the keys. */
  get over(): Overlay {
    const open = DIALOG_IDS.find((id) => this.parts[id]?.isOpen());
    if (open === undefined) return null;
    const row: Row = ROWS[open];
    return row.hasOwnKeys ? 'unnamed' : open;
  }
}
