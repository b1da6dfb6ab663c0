/** Parts of the window that are loaded when they are first needed: the lesson need not wait for them. Dialogs are rows of `dialogs.svelte.ts`. */
const LOAD = {
  bar: () => import('../experiments/ExperimentBar.svelte'),
  beside: () => import('../experiments/CompareView.svelte'),
  presenting: () => import('../present/Presenting.svelte'),
  search: () => import('../search/SearchRow.svelte'),
  text: () => import('../experiments/ScenarioEditor.svelte'),
  words: () => import('../in-words/InWords.svelte'),
  writing: () => import('../picture/Writing.svelte'),
};

const loadBeside = () => import('./beside');
export type Beside = Awaited<ReturnType<typeof loadBeside>>;

type PartId = keyof typeof LOAD;
type Views = { [Id in PartId]?: Awaited<ReturnType<(typeof LOAD)[Id]>>['default'] };

export class Later {
  /** Those that have been loaded. */
  views = $state.raw<Views>({});
  /** What stands beside the village; null: the lesson has not been painted yet. */
  beside = $state.raw<Beside | null>(null);

  async loadBeside(): Promise<void> {
    this.beside ??= await loadBeside();
  }

  async load(id: PartId): Promise<void> {
    if (this.views[id]) return;
    const { default: view } = await LOAD[id]();
    // Others may have come meanwhile.
    this.views = { ...this.views, [id]: view };
  }
}
