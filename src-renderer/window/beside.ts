/**
 * What stands beside the lesson and its village, in one file: it is loaded and drawn when those two have been painted. Until then its
 * places are empty, and as large as they will be.
 */
export { default as Inspector } from '../inspect/Inspector.svelte';
export { default as ActivityDialog } from '../lesson/activities/ActivityDialog.svelte';
export { default as MachineView } from '../machine/MachineView.svelte';
export { default as RuntimeView } from '../runtime-view/RuntimeView.svelte';
export { default as TownScene } from '../scene/town/TownScene.svelte';
export { default as Timeline } from '../timeline/Timeline.svelte';
