/** What the runtime's pane shows: its state in one of two ways, or the run in words. */
export const RUNTIME_TABS = ['rows', 'relations', 'events', 'why'] as const;
export type RuntimeTabName = (typeof RUNTIME_TABS)[number];

export class RuntimeTab {
  shown = $state<RuntimeTabName>('rows');
}
