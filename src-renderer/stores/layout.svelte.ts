/** Where the window's splitters stand, in windows of each height, kept for the next start. */
import type { HeightClass, Layout, SplitterName } from '../../src-main/contract/index';

/** Where they stand at first, percent. */
const FIRST: Readonly<Record<SplitterName, number>> = { village: 58, timeline: 76.6 };

export class LayoutStore {
  kept = $state.raw<Layout>({});
  readonly isChanged = $derived(Object.keys(this.kept).length > 0);

  /** `onchange`: it is to be saved. */
  constructor(private readonly onchange: () => void) {}

  percent(height: HeightClass, name: SplitterName): number {
    return this.kept[`${height}.${name}`] ?? FIRST[name];
  }

  /** null: where it stood at first. */
  put(height: HeightClass, name: SplitterName, percent: number | null): void {
    const key = `${height}.${name}`;
    const others = Object.entries(this.kept).filter(([each]) => each !== key);
    this.kept = Object.fromEntries(percent === null ? others : [...others, [key, Math.round(percent * 10) / 10]]);
    this.onchange();
  }

  /** All of them, in windows of every height. */
  reset(): void {
    if (!this.isChanged) return;
    this.kept = {};
    this.onchange();
  }
}
