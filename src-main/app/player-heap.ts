/** MiB that the player's thread may have. On its own, so that whoever starts the thread need not load what runs in it. */
export const PLAYER_HEAP_MB = 2_048;
