/** What goroutines, threads and Ps are called. */
export type GId = `G${number}`;
export type MId = `M${number}`;
export type PId = `P${number}`;
